"""The process that carries objects from and to a remote, seen from the build.

It runs :mod:`sphinx_docent.cache.transfer`: what is said to it, and what it answers, is a line of
JSON each.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import weakref
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..json_lines import LineReader, encode_line

_PROGRAM = Path(__file__).with_name("transfer.py")
_CHUNK = 1 << 16


class TransferError(Exception):
    """The process is not to be spoken with any more; the message says why."""


class TransferProcess:
    """A process that runs until it is closed, or until this one ends."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._reader = LineReader()
        self._answers: deque[dict[str, Any]] = deque()
        with theirs:
            # -P: what lies beside the program must not stand for modules of the same names.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_PROGRAM)],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
            )
        _close_in_children(self._socket)

    def send(self, message: Mapping[str, Any], seconds: float) -> None:
        """Say something.

        :param seconds: after which it is no longer tried.
        :raises TransferError: nobody takes it.
        """
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(encode_line(message))
        except OSError as error:
            raise TransferError(f"nothing takes orders any more ({error})") from None

    def receive(self, until: float) -> dict[str, Any]:
        """The next answer.

        :param until: when patience ends, as :func:`time.monotonic` counts.
        :raises TransferError: none comes.
        """
        while not self._answers:
            self._socket.settimeout(max(until - time.monotonic(), 0.001))
            try:
                chunk = self._socket.recv(_CHUNK)
            except TimeoutError:
                raise TransferError("it does not answer in time") from None
            except OSError:
                chunk = b""
            if not chunk:
                raise TransferError("the process that speaks with it has ended")
            self._answers.extend(self._reader.feed(chunk))
        return self._answers.popleft()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._socket.close()
        self._process.kill()
        self._process.wait()


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
