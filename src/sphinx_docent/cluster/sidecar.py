"""The handle of a server that runs beside this process, for as long as it is wanted."""

from __future__ import annotations

import contextlib
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..execution.jobs import JobEnded
from ..json_lines import LineReader, encode_line

_PATIENCE = 2.0  # seconds for the server to end what it has started
_TICK = 0.5
_CHUNK = 1 << 16


class Sidecar:
    """Runs :mod:`sphinx_docent.cluster.server`, which waits until it is told its project.

    :param log: takes what the server prints; its folder is made.
    """

    def __init__(self, log: Path) -> None:
        self.was_ready = False
        self.has_ended = False
        self._log = log
        self._is_wanted: Callable[[], bool] = lambda: True
        self._ours, theirs = socket.socketpair()
        self._ours.settimeout(_TICK)
        self._lock = threading.Lock()
        self._count = 0
        self._answers: dict[int, queue.SimpleQueue[JobEnded | None]] = {}
        # The kernel ends the server with the thread that has started it.
        self._keeper = threading.Thread(target=self._look_after, args=(theirs,), daemon=True)
        self._keeper.start()

    def begin(self, folder: Path, is_wanted: Callable[[], bool]) -> None:
        """Have the server make itself ready for the project of a folder.

        :param is_wanted: the server is ended as soon as it says no.
        """
        self._is_wanted = is_wanted
        with contextlib.suppress(OSError):
            self._ours.sendall(encode_line(str(folder)))

    def perform(self, request: Mapping[str, Any]) -> JobEnded | None:
        """Wait for a tutorial to be executed.

        :returns: how it ended; ``None`` if the server ended before.
        """
        answer: queue.SimpleQueue[JobEnded | None] = queue.SimpleQueue()
        with self._lock:
            if self.has_ended:
                return None
            self._answers[self._count] = answer
            self._count += 1
            with contextlib.suppress(OSError):
                self._ours.sendall(encode_line(request))
        return answer.get()

    def close(self) -> None:
        """End the server and all that it has started, and wait until they are gone."""
        with contextlib.suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)
        self._keeper.join(2 * _PATIENCE)

    def last_words(self) -> str:
        """The last line that the server has printed."""
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else "it said nothing"

    def _look_after(self, theirs: socket.socket) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with theirs, self._log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "sphinx_docent.cluster.server"],
                stdin=theirs.fileno(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._listen()
        finally:
            self._ours.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            with self._lock:
                self.has_ended = True
                for answer in self._answers.values():
                    answer.put(None)

    def _listen(self) -> None:
        reader = LineReader()
        while self._is_wanted():
            try:
                chunk = self._ours.recv(_CHUNK)
            except TimeoutError:
                continue
            except OSError:
                return
            if not chunk:
                return
            for event in reader.feed(chunk):
                if event["event"] == "ready":
                    self.was_ready = True
                elif event["event"] == "ended":
                    self._answers.pop(event["index"]).put(event)
