"""Mounts overlays over the repository, so that whatever is written there goes elsewhere.

Reads see the repository as it is. To be called in a mount namespace of one's own. All folders
are named to the kernel by descriptors: no path needs to be escaped, none is too long.
See ``Documentation/filesystems/overlayfs.rst`` of the kernel.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from . import libc
from .mounts import Ways

_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
_OPTIONS = "userxattr,volatile"  # nothing needs to be written to the disk: it is thrown away


@dataclass(frozen=True, slots=True)
class Layer:
    """Where the writes below a folder have gone.

    :param point: the folder.
    :param upper: what was written there, a folder in the base folder.
    """

    point: str
    upper: str


def mount_overlays(root: str, ways: Ways, base: str) -> tuple[Layer, ...]:
    """Mount an overlay over a folder, over each mount below it, and on its aliases.

    What cannot be overlaid below it (a single file, ``/proc``) can only be read then. The
    process's working folder still lies below the overlay until it is changed.

    :param root: a real path, without symbolic links.
    :param base: a folder for what is written, not below ``root``.
    :raises StepError: not possible here.
    """
    if root == "/":
        raise libc.StepError("cannot overlay the root of the file system")
    with _opened(root, *ways.below) as lowers:
        layers = [_mount_overlay(lowers[0], base, 0, root)]
        for number, (point, lower) in enumerate(zip(ways.below, lowers[1:], strict=True), 1):
            try:
                layers.append(_mount_overlay(lower, base, number, point))
            except (libc.StepError, OSError):
                _mount_read_only(lower, point)
    for alias, part in ways.aliases:
        source = os.path.normpath(os.path.join(root, part))
        with _opened(source, alias) as (overlay, target):
            _bind(_path(overlay), _path(target), "cover an alias of the repository")
    return tuple(layers)


def mount_memory(point: str) -> None:
    """Have what is written in a folder be held in memory, and not on its disk."""
    libc.mount("tmpfs", point, "tmpfs", 0, "mode=700", "mount a tmpfs")


def mount_over(source: str, target: str) -> None:
    """Have one folder stand in the place of another."""
    with _opened(source, target) as (seen, hidden):
        _bind(_path(seen), _path(hidden), "hide a folder")


def make_read_only(path: str) -> None:
    """Let nothing be written below a path, whatever its permissions; mounts below it excepted."""
    with _opened(path) as (handle,):
        _mount_read_only(handle, path)


def _mount_overlay(lower: int, base: str, number: int, point: str) -> Layer:
    folders = [os.path.join(base, f"{name}{number}") for name in ("upper", "work")]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    _make_alike(folders[0], os.stat(lower))
    with _opened(point, *folders) as (target, upper, work):
        where = f"lowerdir={_path(lower)},upperdir={_path(upper)},workdir={_path(work)}"
        step = f"mount an overlay over {point}"
        libc.mount("overlay", _path(target), "overlay", 0, f"{where},{_OPTIONS}", step)
    return Layer(point, f"upper{number}")


def _make_alike(upper: str, status: os.stat_result) -> None:
    """Give the upper folder the properties of the lower one: they are those that are seen."""
    with suppress(OSError):
        os.chown(upper, status.st_uid, status.st_gid)
    os.chmod(upper, stat.S_IMODE(status.st_mode))
    os.utime(upper, ns=(status.st_atime_ns, status.st_mtime_ns))


def _mount_read_only(handle: int, point: str) -> None:
    with _opened(point) as (target,):
        _bind(_path(handle), _path(target), f"mount {point} again")
    flags = libc.MS_REMOUNT | libc.MS_BIND | libc.MS_RDONLY
    with _opened(point) as (target,):
        libc.mount("none", _path(target), "", flags, "", f"make {point} read-only")


def _bind(source: str, target: str, step: str) -> None:
    libc.mount(source, target, "", libc.MS_BIND | libc.MS_REC, "", step)


@contextmanager
def _opened(*paths: str) -> Iterator[Sequence[int]]:
    handles: list[int] = []
    try:
        for path in paths:
            handles.append(os.open(path, os.O_PATH | os.O_CLOEXEC))
        yield handles
    finally:
        for handle in handles:
            os.close(handle)


def _path(handle: int) -> str:
    return f"/proc/self/fd/{handle}"
