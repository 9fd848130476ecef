"""The server as the build sees it: a process that is forked, listened to, watched and ended.

A tutorial can end or stop it, where the kernel does not keep it from that. The build notices.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..json_lines import LineReader
from .jobs import JobEvent
from .processes import end_left_over, is_stopped

_LOOK = 0.3  # seconds between two looks at a server that says nothing
_PATIENCE = 1.0  # seconds for it to end
_CHUNK = 1 << 16


class ServerLostError(Exception):
    """The server has ended, or was stopped, before all was done; says how."""


class ServerProcess:
    """A server that runs.

    :param serve: what it does with its end of a connection.
    :param folder: goes with the server if the build is killed.
    """

    def __init__(self, serve: Callable[[socket.socket], None], folder: str) -> None:
        self._ours, theirs = socket.socketpair()
        self._children: dict[int, int] = {}
        Path(folder).mkdir(exist_ok=True)
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid: int | None = os.fork()
        if self._pid == 0:
            self._ours.close()
            _be_server(serve, theirs, folder)
        theirs.close()

    @property
    def running(self) -> list[int]:
        """The indexes of the jobs that have begun and not ended."""
        return list(self._children)

    def events(self, expected: int) -> Iterator[JobEvent]:
        """What it tells, until so many jobs have ended.

        :raises ServerLostError: it will tell no more.
        """
        reader = LineReader()
        while expected:
            if not select.select([self._ours], [], [], _LOOK)[0]:
                self._look()
                continue
            try:
                chunk = self._ours.recv(_CHUNK)
            except OSError:
                chunk = b""
            if not chunk:
                self._lost()
            for data in reader.feed(chunk):
                event: JobEvent = data
                if event["event"] == "started":
                    self._children[event["index"]] = event["pid"]
                else:
                    self._children.pop(event["index"], None)
                    expected -= 1
                yield event

    def end(self) -> None:
        """End it, and with it what still runs."""
        # To close the socket is not enough: whoever reads from it holds it open.
        with contextlib.suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)
        self._ours.close()
        until = time.monotonic() + _PATIENCE
        while self._pid is not None and time.monotonic() < until:
            if os.waitpid(self._pid, os.WNOHANG)[0]:
                self._pid = None
            else:
                time.sleep(0.005)
        self._kill()

    def _look(self) -> None:
        """Whether it still runs."""
        if self._pid is None:
            raise ServerLostError("ended")
        pid, status = os.waitpid(self._pid, os.WNOHANG | os.WUNTRACED)
        if (pid and os.WIFSTOPPED(status)) or (not pid and is_stopped(self._pid)):
            self._kill()
            raise ServerLostError("was stopped")
        if pid:
            self._pid = None
            self._kill()
            code = os.waitstatus_to_exitcode(status)
            raise ServerLostError(f"was ended by {_name(-code)}" if code < 0 else "ended")

    def _lost(self) -> None:
        """It has closed its end: it is gone, or will be at once."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            self._look()
            time.sleep(0.005)
        self._kill()
        raise ServerLostError("fell silent")

    def _kill(self) -> None:
        """End it for certain, and what it leaves."""
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = None
        end_left_over(self._children.values())


def _be_server(serve: Callable[[socket.socket], None], theirs: socket.socket, folder: str) -> None:
    """What the forked process does; never returns."""
    code, build = 1, os.getppid()
    try:
        serve(theirs)
        code = 0
    finally:
        if os.getppid() != build:
            # The build was killed; nobody else removes it then.
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(code)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
