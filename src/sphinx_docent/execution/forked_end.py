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

_FEW = tuple(range(20))
_DEEP = 10_000  # calls that may lie in each other
SILENT = 70
"""The exit code of a process that has no answer."""

ANYTHING = BaseException
"""The name may be gone from the built-in ones when it is needed."""


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
        except ANYTHING:
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
                try:
                    text = "".join(format_exception(error)).encode(errors="replace")
                except ANYTHING:
                    text = _in_short(error)
                self._words.say("problem", text)
                write(2, text)
        finally:
            self._leave(SILENT)

    def leave(self, code: int) -> NoReturn:
        """Be gone, whatever was not said."""
        self._leave(code)


def _in_short(error: BaseException) -> bytes:
    """An error and those that led to it, the first one last; nothing but syntax is needed."""
    text = b""
    found: BaseException | None = error
    for _ in _FEW:
        if found is None:
            break
        text += b"%a\n" % (found,)
        found = found.__context__
    return text


def _bound_quieten() -> Callable[[], None]:
    steps: tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...] = (
        (sys.settrace, (None,)),
        (sys.setprofile, (None,)),
        (gc.disable, ()),
        (sys.setrecursionlimit, (_DEEP,)),
        (signal.pthread_sigmask, (signal.SIG_BLOCK, signal.valid_signals())),
    )

    def bound() -> None:
        for function, arguments in steps:
            try:  # noqa: SIM105  # what would be called may have been replaced
                function(*arguments)
            except ANYTHING:
                pass  # an audit hook of the tutorial forbids it

    return bound


def _bound_leave() -> Callable[[int], NoReturn]:
    leave, kill, own, deadly = os._exit, os.kill, os.getpid, signal.SIGKILL

    def bound(code: int) -> NoReturn:
        while True:
            try:
                leave(code)
            except ANYTHING:
                kill(own(), deadly)

    return bound
