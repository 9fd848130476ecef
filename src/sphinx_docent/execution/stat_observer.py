"""Sees what a tutorial only asks of files: whether they exist, how large and how old they are.

No audit event tells of these. So the functions of :mod:`os` are replaced in the tutorial's own
process; importlib, which has its own, stays unseen.
"""

from __future__ import annotations

import os
import posix
import stat
import sys
from types import CodeType, FrameType
from typing import Any

from .asking import ALL, KIND
from .descriptors import path_of
from .hidden_frames import stand_in
from .observation import Observer

_SETS = (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks)
_LINKS = frozenset({"kinds", "links"})


class StatObserver:
    """Observes one process from :meth:`start` on; there is no end.

    Of what counts whoever asks, libraries may ask as well; of other files what the project's own
    code asks counts.
    """

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._asking = observer.asking
        self._asked: set[tuple[str, CodeType]] = set()
        self.opening = False
        """Whether ``os.open`` is given a folder's descriptor just now: its audit event then has a
        name that begins elsewhere."""

    def start(self) -> None:
        """Begin."""
        self._watch_stat()
        self._watch_others()

    def listed(self, folder: str, frame: FrameType) -> None:
        """A folder's entries were asked for: note what is asked of each as well.

        :param frame: of who calls ``os.scandir``.
        """
        asker = self._asking.asker(frame)
        if asker is not None and self._asking.is_own(asker) and _names_stat(asker.f_code):
            for aspect in self._asking.read_by(asker.f_code) - KIND:
                for name in posix.listdir(folder):
                    self._observer.use(aspect, os.path.join(folder, name), asker)

    def _ask(self, path: Any, dir_fd: int | None, aspects: frozenset[str] | None) -> None:
        """Note a question.

        :param aspects: what is asked, ``None`` if who asks has to be looked at for it.
        """
        frame: FrameType | None = sys._getframe(2)
        fixed = type(path) is str and path[:1] == "/" and frame is not None
        if fixed and frame is not None and (path, frame.f_code) in self._asked:
            return
        asker = self._asking.asker(frame)
        name = path_of(path, dir_fd)
        if name is None:
            return
        own = self._asking.is_own(asker)
        if own or self._observer.reach.inside(name) is not None:
            wanted = self._asking.aspects(frame, asker) if aspects is None else aspects
            for aspect in wanted if own else wanted - {"times"}:
                self._observer.use(aspect, name, asker)
        if fixed and frame is not None and asker is frame:
            self._asked.add((path, frame.f_code))

    def _watch_stat(self) -> None:
        ask, real_stat, real_lstat, real_fstat = self._ask, os.stat, os.lstat, os.fstat

        def watched_stat(
            path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True
        ) -> os.stat_result:
            ask(path, dir_fd, None)
            if dir_fd is None and follow_symlinks:
                return real_stat(path)
            return real_stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

        def watched_lstat(path: Any, *, dir_fd: int | None = None) -> os.stat_result:
            try:
                status = real_lstat(path) if dir_fd is None else real_lstat(path, dir_fd=dir_fd)
            except OSError:
                ask(path, dir_fd, None)
                raise
            ask(path, dir_fd, _LINKS if stat.S_ISLNK(status.st_mode) else None)
            return status

        def watched_fstat(fd: int) -> os.stat_result:
            ask(fd, None, None)
            return real_fstat(fd)

        _replace("stat", watched_stat)
        _replace("lstat", watched_lstat)
        _replace("fstat", watched_fstat)

    def _watch_others(self) -> None:
        ask, real_access, real_readlink, real_open = self._ask, os.access, os.readlink, os.open

        def watched_access(path: Any, mode: int, **more: Any) -> bool:
            ask(path, more.get("dir_fd"), ALL & {"kinds", "modes"} if mode & os.X_OK else KIND)
            return real_access(path, mode, **more)

        def watched_readlink(path: Any, *, dir_fd: int | None = None) -> Any:
            ask(path, dir_fd, frozenset({"links"}))
            return real_readlink(path) if dir_fd is None else real_readlink(path, dir_fd=dir_fd)

        def watched_open(
            path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None
        ) -> int:
            if dir_fd is None:
                return real_open(path, flags, mode)
            name = path_of(path, dir_fd)
            if name is not None and not flags & (os.O_WRONLY | os.O_TRUNC | os.O_EXCL):
                table = "folders" if flags & os.O_DIRECTORY else "files"
                self._observer.use(table, name, sys._getframe(1))
            self.opening = True
            try:
                return real_open(path, flags, mode, dir_fd=dir_fd)
            finally:
                self.opening = False

        _replace("access", watched_access)
        _replace("readlink", watched_readlink)
        _replace("open", watched_open)


def _replace(name: str, function: Any) -> None:
    original = getattr(os, name)
    setattr(os, name, stand_in(function, original))
    for members in _SETS:
        if original in members:
            members.add(function)


def _names_stat(code: CodeType) -> bool:
    return "stat" in code.co_names or any(
        isinstance(part, CodeType) and _names_stat(part) for part in code.co_consts
    )
