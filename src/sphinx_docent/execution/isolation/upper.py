"""Looks at what a tutorial wrote, takes its page, and removes the rest. Done by the server.

All of it was made by a tutorial, whose processes have ended: nothing is followed, whatever
leads elsewhere, and nothing but regular files is taken.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class TooMuchError(Exception):
    """A tutorial wrote more than may be taken."""


def written_files(upper: int, folder: str = ".") -> Iterator[str]:
    """The regular files that were written below a folder, as paths relative to it.

    A file of the repository that was only touched (its permissions, a hard link to it) is
    among them, as a copy.

    :param upper: a descriptor of what was written, see :class:`.overlay.Layer`.
    """
    for path, mode in _entries(upper, folder):
        if stat.S_ISREG(mode):
            yield path


def written_and_removed(upper: int) -> Iterator[tuple[str, bool]]:
    """All that was written, and the names that were removed.

    :returns: relative paths, and whether it is a folder.
    """
    for path, mode in _entries(upper, "."):
        yield path, stat.S_ISDIR(mode)


def _entries(upper: int, folder: str) -> Iterator[tuple[str, int]]:
    """Each path below a folder, and its mode."""
    start = _descend(upper, folder)
    if start is None:
        return
    waiting = [("", start)]
    while waiting:
        path, handle = waiting.pop()
        try:
            for name in os.listdir(handle):
                mode = os.lstat(name, dir_fd=handle).st_mode
                yield path + name, mode
                if stat.S_ISDIR(mode) and len(waiting) < _MOST_OPEN:
                    with suppress(OSError):
                        waiting.append((f"{path}{name}/", _open_folder(name, handle, mode)))
        finally:
            os.close(handle)


def take(
    upper: int, folder: str, target: Path, is_wanted: Callable[[str], bool], limit: int
) -> list[str]:
    """Copy the wanted files that were written below a folder to where they belong.

    :param is_wanted: is given paths relative to the folder.
    :param limit: bytes, of all files together.
    :returns: the paths of what was taken.
    :raises TooMuchError: nothing more was taken then.
    """
    taken = [path for path in written_files(upper, folder) if is_wanted(path)]
    for path in taken:
        limit -= _copy(upper, os.path.join(folder, path), target / path, limit)
    return taken


def remove(folder: Path) -> None:
    """Remove a folder, however deep, and whatever permissions hold inside.

    Inner folders are moved to the top, one after the other, and removed there.
    """
    try:
        top = os.open(folder, _FOLDER)
    except OSError:
        return
    try:
        count = 0
        names = os.listdir(top)
        while names:
            name = names.pop()
            count = _empty(name, top, names, count)
    finally:
        os.close(top)
    with suppress(OSError):
        os.rmdir(folder)


_MOST_OPEN = 500


def _descend(upper: int, folder: str) -> int | None:
    """Open a folder below another, through folders only."""
    handle = os.open(".", _FOLDER, dir_fd=upper)
    for part in folder.split("/"):
        try:
            mode = os.lstat(part, dir_fd=handle).st_mode
            inner = _open_folder(part, handle, mode) if stat.S_ISDIR(mode) else None
        except OSError:
            inner = None
        os.close(handle)
        if inner is None:
            return None
        handle = inner
    return handle


def _open_folder(name: str, parent: int, mode: int) -> int:
    if mode & stat.S_IRWXU != stat.S_IRWXU:
        os.chmod(name, stat.S_IRWXU, dir_fd=parent)
    return os.open(name, _FOLDER, dir_fd=parent)


def _copy(upper: int, path: str, target: Path, limit: int) -> int:
    parent, _, name = path.rpartition("/")
    handle = _descend(upper, parent or ".")
    if handle is None:
        raise FileNotFoundError(path)
    try:
        if not os.lstat(name, dir_fd=handle).st_mode & stat.S_IRUSR:
            os.chmod(name, stat.S_IRUSR | stat.S_IWUSR, dir_fd=handle)
        source = os.open(name, _FILE, dir_fd=handle)
    finally:
        os.close(handle)
    with os.fdopen(source, "rb") as file:
        size = os.fstat(source).st_size
        if size > limit:
            raise TooMuchError(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".draft-{os.getpid()}")
        with draft.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        draft.replace(target)
    return size


def _empty(name: str, top: int, names: list[str], count: int) -> int:
    """Remove an entry of the top folder; folders in it become entries of the top folder."""
    mode = os.lstat(name, dir_fd=top).st_mode
    if not stat.S_ISDIR(mode):
        os.unlink(name, dir_fd=top)
        return count
    handle = _open_folder(name, top, mode)
    try:
        for inner in os.listdir(handle):
            mode = os.lstat(inner, dir_fd=handle).st_mode
            if not stat.S_ISDIR(mode):
                os.unlink(inner, dir_fd=handle)
                continue
            os.chmod(inner, stat.S_IRWXU, dir_fd=handle)
            count += 1
            moved = f".removed-{os.getpid()}-{count}"
            os.rename(inner, moved, src_dir_fd=handle, dst_dir_fd=top)
            names.append(moved)
    finally:
        os.close(handle)
    os.rmdir(name, dir_fd=top)
    return count
