"""Refuses what would change the repository, where a tutorial works in a copy of its folder.

It sees what Python itself is asked for. What another program or C code writes is not kept from the
repository: only namespaces do that.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..gallery.page_files import is_page_file
from .guard import Check

_ADDING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Of each audit event: which arguments are paths, each with its folder's descriptor, and whether
# the path itself is meant, and not where it leads as a link.
_CHANGING: Mapping[str, tuple[tuple[int, int | None, bool], ...]] = {
    "os.truncate": ((0, None, False),),
    "os.rename": ((0, 2, True), (1, 3, True)),
    "os.remove": ((0, 1, True),),
    "os.rmdir": ((0, 1, True),),
    "os.mkdir": ((0, 2, True),),
    "os.chmod": ((0, 2, False),),
    "os.chown": ((0, 3, False),),
    "os.utime": ((0, 3, False),),
    "os.link": ((0, 2, False), (1, 3, True)),
    "os.symlink": ((1, 2, True),),
    "os.setxattr": ((0, None, False),),
    "os.removexattr": ((0, None, False),),
}


class WriteGuard:
    """Knows what a tutorial may change.

    :param root: the repository's root, a real path.
    :param own: the tutorial's own folder; below it everything is allowed.
    :param page: the page that the tutorial's own process writes, whose files are allowed.
    """

    def __init__(self, root: Path, own: Path, page: Path) -> None:
        self._inside = f"{root}{os.sep}"
        self._own = f"{os.path.realpath(own)}{os.sep}"
        self._page = page
        self._process = os.getpid()
        self._realpath = os.path.realpath

    def checks(self) -> dict[str, Check]:
        """By audit event."""
        checks = {event: self._changing(places) for event, places in _CHANGING.items()}
        return {**checks, "open": self._open}

    def refuse(self, path: Any, folder: Any = None, *, itself: bool = False) -> None:
        """Raise if a path may not be changed.

        :param folder: descriptor of the folder that a relative path begins at.
        :param itself: do not follow it, if it is a link.
        """
        name = _name(path, folder)
        if name is None:
            return
        try:
            real = self._resolved(name, itself=itself)
        except OSError:
            return  # it leads to where this process may not look
        if f"{real}{os.sep}".startswith(self._inside) and not self._is_allowed(real):
            words = "a tutorial writes into no other folder of the repository than its own"
            raise PermissionError(errno.EROFS, words, real)

    def _resolved(self, name: str, *, itself: bool) -> str:
        parent, last = os.path.split(name)
        if itself and last not in ("", ".", ".."):
            return os.path.join(self._realpath(parent) if parent else os.getcwd(), last)
        return str(self._realpath(name))

    def _is_allowed(self, real: str) -> bool:
        if real.startswith(self._own):
            return True
        folder, stem = self._page.parent, self._page.stem
        if os.getpid() != self._process or not Path(real).is_relative_to(folder):
            return False
        inner = Path(real).relative_to(folder).as_posix()
        own = is_page_file(inner.removesuffix(".md5").removesuffix(".new"), stem)
        return own or inner in (".", "images", "images/thumb")

    def _changing(self, places: tuple[tuple[int, int | None, bool], ...]) -> Check:
        def check(arguments: tuple[Any, ...]) -> None:
            for path, folder, itself in places:
                self.refuse(
                    arguments[path], None if folder is None else arguments[folder], itself=itself
                )

        return check

    def _open(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        writes = set(mode) & set("wax+") if isinstance(mode, str) else (flags or 0) & _ADDING
        if writes and not isinstance(path, int):
            self.refuse(path)


def guard_unaudited(refuse: Callable[..., None]) -> None:
    """See to the functions that no audit event tells of, or not all."""
    real_open, real_fifo, real_node = os.open, os.mkfifo, os.mknod

    def open_(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None and flags & _ADDING:
            refuse(path, dir_fd)
        return real_open(path, flags, mode, dir_fd=dir_fd)

    def mkfifo(path: Any, mode: int = 0o666, *, dir_fd: int | None = None) -> None:
        refuse(path, dir_fd, itself=True)
        real_fifo(path, mode, dir_fd=dir_fd)

    def mknod(path: Any, mode: int = 0o600, device: int = 0, *, dir_fd: int | None = None) -> None:
        refuse(path, dir_fd, itself=True)
        real_node(path, mode, device, dir_fd=dir_fd)

    for function, name in ((open_, "open"), (mkfifo, "mkfifo"), (mknod, "mknod")):
        function.__name__ = function.__qualname__ = name
        supported = getattr(os, name) in os.supports_dir_fd
        setattr(os, name, function)
        if supported:
            os.supports_dir_fd.add(function)


def _name(path: Any, folder: Any) -> str | None:
    """A path; ``None`` where it is not known."""
    try:
        if isinstance(path, int):
            return os.readlink(f"/proc/self/fd/{path}")
        name = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0 and not os.path.isabs(name):
            return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
        return name
    except (OSError, TypeError, ValueError):
        return None
