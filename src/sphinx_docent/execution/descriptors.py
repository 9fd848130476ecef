"""Which file a descriptor is open on."""

from __future__ import annotations

import os
import posix
import sys
from typing import Any

_F_GETPATH = 50  # of macOS


def path_of(path: Any, dir_fd: int | None = None) -> str | None:
    """What a function of :mod:`os` is asked about, as an absolute path.

    :param path: a path, a descriptor, or ``None`` for the working folder.
    :param dir_fd: descriptor of the folder that a relative path begins at.
    :returns: ``None`` where it is no file that has a name.
    """
    try:
        if isinstance(path, int):
            return _opened(path)
        name = os.fsdecode(path) if path is not None else "."
        if dir_fd is None or os.path.isabs(name):
            return os.path.abspath(name)
        folder = _opened(dir_fd)
        return os.path.normpath(os.path.join(folder, name)) if folder else None
    except (OSError, TypeError, ValueError):
        return None


def _opened(descriptor: int) -> str | None:
    if sys.platform == "darwin":
        import fcntl

        found = fcntl.fcntl(descriptor, _F_GETPATH, bytes(1024))
        return os.fsdecode(found.rstrip(b"\0"))
    name = posix.readlink(f"/proc/self/fd/{descriptor}")  # os.readlink may be watched
    return name if name.startswith("/") and not name.endswith(" (deleted)") else None
