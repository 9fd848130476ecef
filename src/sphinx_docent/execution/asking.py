"""Who asks: the project's own code or a library, and about what of a file.

Small modules of the standard library are looked through: whoever calls ``os.path.getsize``,
``Path.exists`` or ``os.getenv`` is the one who asks.
"""

from __future__ import annotations

import collections.abc
import concurrent.futures.thread
import dis
import genericpath
import glob
import os
import pathlib
import posixpath
import sys
import threading
from collections.abc import Callable, Iterator
from types import CodeType, FrameType, FunctionType
from typing import Any

from .hidden_frames import FILE

ALL = frozenset({"kinds", "modes", "sizes", "times", "links"})
KIND = frozenset({"kinds"})

_STDLIB = f"{os.path.dirname(os.__file__)}/"
_RUNNING = {concurrent.futures.thread.__file__, threading.__file__}

_SIZE = {"st_size", "st_blocks"}
_TIME = {"st_mtime", "st_mtime_ns", "st_ctime", "st_ctime_ns", "st_atime", "st_atime_ns"}
_IS_A = {"S_ISDIR", "S_ISREG", "S_ISLNK", "is_dir", "is_file", "is_symlink"}
_MEANINGS = {
    "sizes": ("getsize",),
    "times": ("getmtime", "getatime", "getctime"),
    "kinds": (
        *("exists", "isdir", "isfile", "ismount", "samefile", "is_dir", "is_file", "is_mount"),
        *("lexists", "is_block_device", "is_fifo", "is_socket"),
    ),
    "links": ("islink", "is_symlink", "samefile"),
    "": ("realpath", "_joinrealpath", "resolve", "abspath"),  # what is a link is read as one
}


def _codes(owner: Any) -> Iterator[tuple[str, CodeType]]:
    for name, entry in list(vars(owner).items()):
        if isinstance(entry, FunctionType):
            yield name, entry.__code__


def _known_meanings() -> dict[CodeType, frozenset[str]]:
    owners = (genericpath, posixpath, *pathlib.Path.__mro__[:-1])
    codes = [pair for owner in owners for pair in _codes(owner)]
    return {
        code: frozenset(aspect for aspect, names in _MEANINGS.items() if aspect and name in names)
        for name, code in codes
        if any(name in names for names in _MEANINGS.values())
    }


_KNOWN = _known_meanings()
_SEEN_THROUGH = frozenset(
    code.co_filename
    for owner in (genericpath, posixpath, glob, os, collections.abc.Mapping, *pathlib.Path.__mro__)
    for _, code in _codes(owner)
) | {FILE}


class Asking:
    """Answers for one process.

    :param is_own: whether a file, as in ``co_filename``, is the project's own.
    :param source: the tutorial's script as it is executed.
    """

    def __init__(self, is_own: Callable[[str], bool], source: str = "") -> None:
        self._is_own = is_own
        self._source = source
        self._own: dict[str, bool] = {}
        self._read: dict[CodeType, frozenset[str]] = {}
        self._dropping: dict[tuple[CodeType, int], bool] = {}

    def asker(self, frame: FrameType | None) -> FrameType | None:
        """The frame of who asks, from one of whom was asked."""
        while frame is not None and frame.f_code.co_filename in _SEEN_THROUGH:
            frame = frame.f_back
        return frame

    def is_own(self, frame: FrameType | None) -> bool:
        """Whether a frame is of the project's own code, or of a thread that runs what it was
        given, and nobody else's."""
        if frame is None:
            return False
        file = frame.f_code.co_filename
        if file not in self._own:
            self._own[file] = self._is_own(file)
        return self._own[file] or (file in _RUNNING and _is_nobodys(frame))

    def is_caused(self) -> bool:
        """Whether the tutorial's own code is below on the stack, or this is its thread."""
        if threading.current_thread() is not threading.main_thread():
            return True
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._source:
                return True
            frame = frame.f_back
        return False

    def names(self, frame: FrameType | None, path: str) -> bool:
        """Whether the project's own code has the name of a file, or of a folder that it lies in,
        and has called what opens it.

        :param frame: of who opens it.
        """
        while frame is not None and not self.is_own(frame):
            frame = frame.f_back
        if frame is None:
            return False
        code = frame.f_code
        values = (*code.co_consts, *frame.f_locals.values(), *frame.f_globals.values())
        return any(_is_name_of(value, path) for value in values)

    def aspects(self, frame: FrameType | None, asker: FrameType | None) -> frozenset[str]:
        """What of a file somebody wants to know who calls ``os.stat``.

        :param frame: of the function that was called first.
        """
        while frame is not None and frame is not asker:
            if frame.f_code in _KNOWN:
                return _KNOWN[frame.f_code]
            frame = frame.f_back
        if asker is None:
            return KIND
        read = self.read_by(asker.f_code)
        if read or not self.is_own(asker):
            return read | KIND
        place = (asker.f_code, asker.f_lasti)
        if place not in self._dropping:
            self._dropping[place] = _drops_result(asker)
        return KIND if self._dropping[place] else ALL

    def read_by(self, code: CodeType) -> frozenset[str]:
        """What code reads of results of ``os.stat``, as the names in it tell."""
        if code not in self._read:
            names = set(_names(code))
            found = {"sizes"} if names & _SIZE else set()
            found |= {"times"} if names & _TIME else set()
            if "st_mode" in names or names & _IS_A:
                found |= {"kinds"} if names & _IS_A else {"kinds", "modes"}
            self._read[code] = frozenset(found)
        return self._read[code]


def _is_nobodys(frame: FrameType | None) -> bool:
    """Whether only Python's own library is on the stack."""
    while frame is not None:
        if not frame.f_code.co_filename.startswith((_STDLIB, "<frozen", FILE)):
            return False
        if "-packages/" in frame.f_code.co_filename:
            return False
        frame = frame.f_back
    return True


def _is_name_of(value: Any, path: str) -> bool:
    if not isinstance(value, (str, bytes, os.PathLike)) or not value:
        return False
    try:
        name = os.path.normpath(os.fsdecode(value))
    except (TypeError, ValueError):
        return False
    inside = name.count("/") > 1 and path.startswith(f"{name}/")
    return path == name or inside or (name[:2] == ".." and path == os.path.abspath(name))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names(part)


def _drops_result(frame: FrameType) -> bool:
    """Whether what a frame calls now is called only to see if that is possible."""
    for step in dis.get_instructions(frame.f_code):
        if step.offset > frame.f_lasti:
            return step.opname == "POP_TOP"
    return False


def caller(depth: int = 1) -> FrameType | None:
    """The frame that called the function that asks.

    :param depth: how many functions of ours lie between.
    """
    return sys._getframe(depth + 1)
