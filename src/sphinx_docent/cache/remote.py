"""The build's side of a shared cache: asks :mod:`sphinx_docent.cache.transfer`, and never for long.

Nothing here raises because of what a remote does. The first trouble is kept in
:attr:`Remote.problem`; after a grave one, every answer is that there is nothing.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import DocentError

_TRANSFER = Path(__file__).with_name("transfer.py")
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "http": "http", "https": "http"}
_CHUNK = 1 << 16


class Remote:
    """A folder of objects, somewhere else.

    :param url: of the folder; may hold credentials.
    :param name: the URL as it may be shown.
    :param silence: seconds without any answer after which the remote is given up; three times as
        many where whole entries travel.
    :param limit: seconds that the answers to one question may take together; ten times as many
        where whole entries travel.
    """

    def __init__(self, url: str, name: str, *, silence: float = 20, limit: float = 60) -> None:
        self.name = name
        self.problem: str | None = None
        self.shared = 0
        self._url = url
        self._silence = silence
        self._limit = limit
        self._over = False
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._unread = b""
        self._orders = 0
        self._sending: dict[int, str] = {}

    def get(self, names: Collection[str]) -> dict[str, bytes]:
        """The objects that there are, by name; all are asked for at once."""
        found: dict[str, bytes] = {}
        for name, answer in self._ask(dict.fromkeys(names)):
            with contextlib.suppress(ValueError):
                found[name] = base64.b64decode(answer["data"])
        return found

    def fetch(self, files: Mapping[str, Path]) -> Iterator[str]:
        """Bring objects into files; yields the name of each that has come.

        :param files: where to, by name.
        """
        for name, _ in self._ask(files, travels=True):
            yield name

    def put(self, name: str, data: bytes) -> None:
        """Have an object stored, some time before :meth:`finish` returns."""
        self._send({"do": "put", "name": name, "data": base64.b64encode(data).decode()})

    def share(self, name: str, file: Path, listing: str, line: bytes, few: int) -> None:
        """Have a file stored, and then its line put at the head of an object.

        :param few: how many lines the object keeps.
        """
        words = {"name": name, "from": str(file), "list": listing, "line": line.decode()}
        self._send({"do": "share", **words, "few": few})

    def finish(self) -> None:
        """Wait until everything is stored."""
        for _ in self._answers(set(self._sending), travels=True):
            pass

    def close(self) -> None:
        """End the transfer process, whatever it is doing."""
        self._over = True
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(
        self, names: Mapping[str, Path | None], *, travels: bool = False
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        asked: dict[int, str] = {}
        for name, place in names.items():
            number = self._order({"do": "get", "name": name, "to": place and str(place)})
            if number is None:
                return
            asked[number] = name
        for answer in self._answers(set(asked), travels=travels):
            if answer.get("found"):
                yield asked[answer["id"]], answer

    def _send(self, order: dict[str, Any]) -> None:
        number = self._order(order)
        if number is not None:
            self._sending[number] = order["do"]

    def _order(self, order: dict[str, Any]) -> int | None:
        """Hand an order over; its number, ``None`` if nobody takes it."""
        if self._process is None and not self._over:
            self._start()
        if self._over:
            return None
        self._orders += 1
        self._write({"id": self._orders, **order})
        return None if self._over else self._orders

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            # -P: what lies beside the program must not stand for modules of the same names.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_TRANSFER)],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
            )
        self._socket = ours
        _close_in_children(ours)
        self._write({"open": self._url})
        for answer in self._answers({0}):
            if answer.get("wrong"):
                self.close()
                raise DocentError(f"docent_cache is {self.name!r}: {_advice(self.name, answer)}")
            if "problem" in answer:
                self.close()

    def _write(self, words: dict[str, Any]) -> None:
        if self._socket is None or self._over:
            return
        self._socket.settimeout(self._silence)
        try:
            self._socket.sendall(json.dumps(words).encode() + b"\n")
        except OSError as error:
            self._give_up(f"nothing takes orders any more ({error})")

    def _answers(self, waiting: set[int], *, travels: bool = False) -> Iterator[dict[str, Any]]:
        """The answers to orders as they come, until all have come or patience ends."""
        until = time.monotonic() + self._limit * (10 if travels else 1)
        silence = self._silence * (3 if travels else 1)
        while waiting and not self._over:
            answer = self._read(min(until, time.monotonic() + silence))
            if answer is None:
                return
            if "problem" in answer:
                self.problem = self.problem or str(answer["problem"])
            if self._sending.pop(answer["id"], "") == "share":
                self.shared += "problem" not in answer
            if answer["id"] in waiting:
                waiting.discard(answer["id"])
                yield answer

    def _read(self, until: float) -> dict[str, Any] | None:
        """The next answer; ``None`` if none comes any more.

        :param until: when patience ends, as :func:`time.monotonic` counts.
        """
        line = self._socket
        while line is not None and b"\n" not in self._unread:
            line.settimeout(max(until - time.monotonic(), 0.001))
            try:
                data = line.recv(_CHUNK)
            except TimeoutError:
                self._give_up("it does not answer in time")
                return None
            except OSError:
                data = b""
            if not data:
                self._give_up("the process that speaks with it has ended")
                return None
            self._unread += data
        text, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def _give_up(self, reason: str) -> None:
        self.problem = self.problem or reason
        self.close()


def _close_in_children(ours: socket.socket) -> None:
    """A tutorial's process is a fork of the build: it must not speak with the transfer process,
    nor hold the line open when the build is gone.
    """
    known = weakref.ref(ours)

    def close() -> None:
        line = known()
        if line is not None:
            line.close()

    os.register_at_fork(after_in_child=close)


def _advice(name: str, answer: Mapping[str, Any]) -> str:
    extra = _EXTRAS.get(name.partition(":")[0], "shared")
    if str(answer["problem"]).startswith(("ImportError", "ModuleNotFoundError")):
        return f'what it needs is not installed: pip install "sphinx-docent[{extra}]"'
    return str(answer["problem"])
