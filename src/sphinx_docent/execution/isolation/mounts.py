"""What is mounted where, and by which other ways one comes to a folder. See :manpage:`proc(5)`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ESCAPED = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of ``mountinfo``.

    :param device: of the file system, as ``major:minor``.
    :param inner: which folder of the file system is mounted.
    :param point: where.
    """

    number: int
    device: str
    inner: str
    point: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What an overlay over a folder has to think of.

    :param below: mount points below the folder, which an overlay would hide, outer ones first.
    :param aliases: other paths at which the folder or a part of it is mounted, with that part,
        relative to the folder.
    """

    below: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]


def find_ways(root: str) -> Ways:
    """Look at this process's mounts.

    :param root: a real path, without symbolic links.
    """
    with open("/proc/self/mountinfo", "rb") as file:
        mounts = [mount for mount in map(parse, file) if _is_on_top(mount)]
    aliases = tuple(
        (path, part) for path, part in find_aliases(root, mounts) if _is_same(path, root, part)
    )
    covered = {path for path, _ in aliases}
    below = {mount.point for mount in mounts if _below(mount.point, root)} - covered
    return Ways(tuple(sorted(below)), aliases)


def parse(line: bytes) -> Mount:
    """Read a line of ``mountinfo``."""
    number, _, device, inner, point = line.split(b" ", 5)[:5]
    return Mount(int(number), device.decode(), _unescaped(inner), _unescaped(point))


def find_aliases(root: str, mounts: Sequence[Mount]) -> Iterable[tuple[str, str]]:
    """Other paths at which a folder, or a part of it, should be found; with the part."""
    home = max(
        (mount for mount in mounts if _within(root, mount.point)),
        key=lambda mount: len(mount.point),
    )
    inner = _join(home.inner, os.path.relpath(root, home.point))
    for mount in mounts:
        if mount.device != home.device or mount is home:
            continue
        if _within(inner, mount.inner):
            yield _join(mount.point, os.path.relpath(inner, mount.inner)), "."
        elif _within(mount.inner, inner):
            yield mount.point, os.path.relpath(mount.inner, inner)


def _is_on_top(mount: Mount) -> bool:
    """Whether a path still leads to a mount: others may have been mounted over it."""
    try:
        handle = os.open(mount.point, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        with open(f"/proc/self/fdinfo/{handle}", encoding="utf-8") as lines:
            return f"mnt_id:\t{mount.number}\n" in lines
    finally:
        os.close(handle)


def _is_same(path: str, root: str, part: str) -> bool:
    try:
        return path != root and os.path.samefile(path, _join(root, part))
    except OSError:
        return False


def _within(path: str, folder: str) -> bool:
    return path == folder or _below(path, folder)


def _below(path: str, folder: str) -> bool:
    return path != folder and path.startswith(folder.rstrip("/") + "/")


def _join(folder: str, part: str) -> str:
    return os.path.normpath(os.path.join(folder, part))


def _unescaped(field: bytes) -> str:
    return os.fsdecode(_ESCAPED.sub(lambda match: bytes([int(match[1], 8)]), field))
