"""The build's side of a shared cache: asks a process beside it, and never for long.

Nothing here raises because of what a remote does. The first trouble is kept in
:attr:`Remote.problem`; after a grave one, every answer is that there is nothing.
"""

from __future__ import annotations

import base64
import contextlib
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import DocentError
from .transfer_process import TransferError, TransferProcess

_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "http": "http", "https": "http"}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long answers are waited for, in seconds.

    :param silence: without any answer, after which the remote is given up; three times as many
        where whole entries travel.
    :param limit: that the answers to one question may take together; ten times as many where
        whole entries travel.
    """

    silence: float
    limit: float

    def for_entries(self) -> Patience:
        """The patience where whole entries travel."""
        return Patience(3 * self.silence, 10 * self.limit)


class Remote:
    """A folder of objects, somewhere else. The process that speaks with it starts when needed.

    :param url: of the folder; may hold credentials.
    :param name: the URL as it may be shown.
    :param silence: see :class:`Patience`, and likewise ``limit``.
    """

    def __init__(self, url: str, name: str, *, silence: float = 20, limit: float = 60) -> None:
        self.name = name
        self.problem: str | None = None
        self.shared = 0
        self._url = url
        self._patience = Patience(silence, limit)
        self._process: TransferProcess | None = None
        self._is_over = False
        self._requests = 0
        self._sending: dict[int, str] = {}  # what is to be done, by the request's number

    def get(self, names: Collection[str]) -> dict[str, bytes]:
        """The objects that there are, by name; all are asked for at once."""
        found: dict[str, bytes] = {}
        for name, answer in self._ask(dict.fromkeys(names), self._patience):
            with contextlib.suppress(ValueError):
                found[name] = base64.b64decode(answer["data"])
        return found

    def fetch(self, files: Mapping[str, Path]) -> Iterator[str]:
        """Bring objects into files; yields the name of each that has come.

        :param files: where to, by name.
        """
        for name, _ in self._ask(files, self._patience.for_entries()):
            yield name

    def put(self, name: str, data: bytes) -> None:
        """Have an object stored, some time before :meth:`flush` returns."""
        self._send({"do": "put", "name": name, "data": base64.b64encode(data).decode()})

    def share(self, name: str, file: Path, listing: str, line: bytes, few: int) -> None:
        """Have a file stored, and then its line put at the head of an object.

        :param few: how many lines the object keeps.
        """
        words = {"name": name, "from": str(file), "list": listing, "line": line.decode()}
        self._send({"do": "share", **words, "few": few})

    def flush(self) -> None:
        """Wait until everything is stored."""
        for _ in self._answers(set(self._sending), self._patience.for_entries()):
            pass

    def close(self) -> None:
        """End the process, whatever it is doing; nothing is asked any more."""
        self._is_over = True
        if self._process is not None:
            self._process.close()
            self._process = None

    def _ask(
        self, names: Mapping[str, Path | None], patience: Patience
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        asked: dict[int, str] = {}
        for name, file in names.items():
            number = self._request({"do": "get", "name": name, "to": file and str(file)})
            if number is None:
                return
            asked[number] = name
        for answer in self._answers(set(asked), patience):
            if answer.get("found"):
                yield asked[answer["id"]], answer

    def _send(self, request: dict[str, Any]) -> None:
        number = self._request(request)
        if number is not None:
            self._sending[number] = request["do"]

    def _request(self, request: dict[str, Any]) -> int | None:
        """Hand a request over; its number, ``None`` if nobody takes it."""
        if self._process is None and not self._is_over:
            self._start()
        self._requests += 1
        self._write({"id": self._requests, **request})
        return None if self._is_over else self._requests

    def _start(self) -> None:
        """Start the process, and have it open the folder.

        :raises DocentError: the URL is wrong, or what it needs is not installed.
        """
        self._process = TransferProcess()
        self._write({"open": self._url})
        for answer in self._answers({0}, self._patience):
            if "problem" in answer:
                self.close()
            if answer.get("wrong"):
                raise DocentError(f"docent_cache is {self.name!r}: {_advice(self.name, answer)}")

    def _write(self, message: dict[str, Any]) -> None:
        if self._process is not None:
            try:
                self._process.send(message, self._patience.silence)
            except TransferError as error:
                self._give_up(error)

    def _answers(self, waiting: set[int], patience: Patience) -> Iterator[dict[str, Any]]:
        """The answers to requests as they come, until all have come or patience ends."""
        until = time.monotonic() + patience.limit
        while waiting and self._process is not None:
            try:
                answer = self._process.receive(min(until, time.monotonic() + patience.silence))
            except TransferError as error:
                self._give_up(error)
                return
            if "problem" in answer:
                self.problem = self.problem or str(answer["problem"])
            if self._sending.pop(answer["id"], "") == "share":
                self.shared += "problem" not in answer
            if answer["id"] in waiting:
                waiting.discard(answer["id"])
                yield answer

    def _give_up(self, reason: TransferError) -> None:
        self.problem = self.problem or str(reason)
        self.close()


def _advice(name: str, answer: Mapping[str, Any]) -> str:
    extra = _EXTRAS.get(name.partition(":")[0], "shared")
    if str(answer["problem"]).startswith(("ImportError", "ModuleNotFoundError")):
        return f'what it needs is not installed: pip install "sphinx-docent[{extra}]"'
    return str(answer["problem"])
