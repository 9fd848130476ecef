"""How a process that was forked for one job ends: it says what it has to say, and is gone.

What it needs for that is bound before the job begins: a tutorial can put anything in the place of
``os._exit``, of ``json.dumps`` or of the process's descriptors. It never returns into its server.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from .last_words import LastWords

_DEEP = 10_000  # calls that may lie in each other
SILENT = 70
"""The exit code of a process that has no answer."""


class ForkedEnd:
    """Made in the process before the job begins, or by its server.

    :param answer_fd: the pipe for the answer.
    :param words: says what that pipe cannot carry.
    """

    def __init__(self, answer_fd: int, words: LastWords) -> None:
        self._fd = answer_fd
        self._pipe = os.fstat(answer_fd)
        self._words = words
        self._process = os.getpid()
        self._quieten = _bound_quieten()
        self._bound = (os.getpid, os.fstat, os.write, json.dumps, traceback.format_exception)
        self._leave = _bound_leave()

    def answer(self, answer: dict[str, Any]) -> NoReturn:
        """Send an answer, and be gone."""
        self._quieten()  # no signal and no finalizer of the tutorial breaks in from here on
        getpid, fstat, write, dumps, _ = self._bound
        if getpid() != self._process:
            self._leave(0)  # the tutorial forked, and this is the copy that went on, too
        data = dumps(answer).encode()
        try:
            found = fstat(self._fd)
            same = (found.st_dev, found.st_ino) == (self._pipe.st_dev, self._pipe.st_ino)
        except OSError:
            same = False
        if same:
            while data:
                data = data[write(self._fd, data) :]
        else:
            self._words.say("answer", data)
        self._leave(0)

    def fail(self, error: BaseException) -> NoReturn:
        """Say why there is no answer, and be gone."""
        getpid, _, write, _, format_exception = self._bound
        try:
            self._quieten()
            if getpid() == self._process:
                text = "".join(format_exception(error)).encode(errors="replace")
                self._words.say("problem", text)
                write(2, text)
        finally:
            self._leave(SILENT)

    def leave(self, code: int) -> NoReturn:
        """Be gone, whatever was not said."""
        self._leave(code)


def _bound_quieten() -> Callable[[], None]:
    trace, profile, collect, limit = sys.settrace, sys.setprofile, gc.disable, sys.setrecursionlimit
    block, how, signals = signal.pthread_sigmask, signal.SIG_BLOCK, signal.valid_signals()

    def bound() -> None:
        trace(None)
        profile(None)
        collect()
        limit(_DEEP)
        block(how, signals)

    return bound


def _bound_leave() -> Callable[[int], NoReturn]:
    leave, kill, own, deadly = os._exit, os.kill, os.getpid, signal.SIGKILL

    def bound(code: int) -> NoReturn:
        while True:
            try:
                leave(code)
            except BaseException:
                kill(own(), deadly)

    return bound
