"""Observes which files are opened in the repository, by whomever: C code, child processes, maps.

The server makes an instance of inotify for each child; the child, after it has mounted, watches
the folders and closes its descriptor; the server reads. So a tutorial can neither read the
events, nor take them away. What a watch sees is exactly what is done below the overlay of one
tutorial. What is only asked for (``stat``, ``readlink``, files that are missing) has no event.
See :manpage:`inotify(7)`.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from . import libc

_CLOSE_WRITE, _CLOSE_NOWRITE, _OPEN = 0x8, 0x10, 0x20
_MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x40, 0x80, 0x100, 0x200
_UNMOUNT, _OVERFLOW, _ISDIR = 0x2000, 0x4000, 0x4000_0000
_ONLYDIR, _DONT_FOLLOW = 0x100_0000, 0x200_0000
_USED = _CLOSE_WRITE | _CLOSE_NOWRITE | _OPEN | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE
_MASK = _USED | _ONLYDIR | _DONT_FOLLOW

# Not of the kernel: what the order of the events of a name has told.
_CREATED_FIRST, _WRITTEN_FIRST = 1 << 32, 1 << 33
_USES = ("read", "read_back", "written", "created")
_EVENT = struct.Struct("=iIII")
_CHUNK = 1 << 18
_MOST_NAMES, _MOST_SKIPPED = 200_000, 5_000


@dataclass(slots=True)
class Tally:
    """What an instance has told so far.

    :param names: what happened to a name in a watched folder; the folder itself has no name.
    :param listed: how often a watched folder was opened.
    :param opened: how often a file was.
    :param is_complete: false if events were lost.
    """

    names: dict[tuple[int, bytes], int] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)
    opened: dict[tuple[int, bytes], int] = field(default_factory=dict)
    is_complete: bool = True
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """What was done in the watched folders, in absolute paths as the project has them.

    :param read: files that were there and were opened for reading, moved away or deleted.
    :param read_back: files that were there, of which all reading came after a writing: whether
        that left anything to read of what was there, inotify cannot tell.
    :param written: files that were there and were opened for writing only.
    :param created: files that were not there before.
    :param listed: folders that were opened, which listing does, and how often.
    :param opened: how often each file was opened.
    :param unwatched: how many folders could not be watched.
    :param is_complete: false if events were lost, or folders not watched.
    """

    read: frozenset[str]
    read_back: frozenset[str]
    written: frozenset[str]
    created: frozenset[str]
    listed: Mapping[str, int]
    opened: Mapping[str, int]
    unwatched: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """Which of the folders are watched. The kernel numbers an instance's watches from 1.

    :param count: how many were tried, in order: the user may have no more.
    :param skipped: places in that order that got no number: a folder is gone, cannot be listed,
        or is known by another path already.
    """

    count: int
    skipped: tuple[int, ...] = ()


def watch(instance: int, folders: Sequence[bytes]) -> Watched:
    """Watch folders, in order, as many as the user may."""
    add, highest = libc.inotify_add_watch, 0
    skipped: list[int] = []
    for index, folder in enumerate(folders):
        number = add(instance, folder, _MASK)
        if number == highest + 1:
            highest = number
        elif number in (-errno.ENOSPC, -errno.ENOMEM) or len(skipped) == _MOST_SKIPPED:
            return Watched(index, tuple(skipped))
        else:
            skipped.append(index)
    return Watched(len(folders), tuple(skipped))


def drain(instance: int, tally: Tally) -> None:
    """Take all events that wait."""
    for events in waiting(instance):
        count(events, tally)


def waiting(instance: int) -> Iterator[bytes]:
    """All events that wait."""
    while True:
        try:
            events = os.read(instance, _CHUNK)
        except BlockingIOError:
            return
        yield events
        if len(events) < _CHUNK // 2:
            return


def translate(tally: Tally, folders: Sequence[bytes], watched: Watched) -> Observed:
    """What the events mean.

    :param folders: those that were to be watched.
    """
    paths = _numbered(folders, watched)
    found: dict[str, set[str]] = {use: set() for use in _USES}
    for (number, name), mask in tally.names.items():
        if number in paths:
            found[_use(mask)].add(f"{paths[number]}/{os.fsdecode(name)}")
    read, read_back, written, created = (frozenset(found[use]) for use in _USES)
    listed = {paths[number]: count for number, count in tally.listed.items() if number in paths}
    opened = {
        f"{paths[number]}/{os.fsdecode(name)}": count
        for (number, name), count in tally.opened.items()
        if number in paths
    }
    unwatched = len(folders) - watched.count
    is_complete = tally.is_complete and not unwatched
    return Observed(read, read_back, written, created, listed, opened, unwatched, is_complete)


def nearest_first(folders: Sequence[bytes], folder: bytes) -> tuple[bytes, ...]:
    """Folders in the order in which a tutorial of a folder is likely to use them."""
    parts = folder.split(b"/")

    def distance(other: bytes) -> int:
        theirs = other.split(b"/")
        equal = takewhile(lambda pair: pair[0] == pair[1], zip(parts, theirs, strict=False))
        return len(parts) + len(theirs) - 2 * len(list(equal))

    return tuple(sorted(folders, key=distance))


def watches_allowed() -> int:
    """How many watches this user may have, all its programs together."""
    return int(Path("/proc/sys/fs/inotify/max_user_watches").read_text(encoding="utf-8"))


def count(events: bytes, tally: Tally) -> None:
    """Take note of events."""
    names, listed, unpack, offset = tally.names, tally.listed, _EVENT.unpack_from, 0
    while offset < len(events):
        number, mask, _, length = unpack(events, offset)
        offset += 16 + length
        if mask & _ISDIR:
            if mask & _OPEN and not length:
                listed[number] = listed.get(number, 0) + 1
        elif length:
            key = (number, events[offset - length : offset].rstrip(b"\0"))
            known = names.get(key, 0)
            names[key] = known | mask | _order(known, mask)
            if mask & _OPEN:
                tally.opened[key] = tally.opened.get(key, 0) + 1
        elif mask & _UNMOUNT:
            tally.has_ended = True  # nobody is left; that it fills the queue loses nothing
        elif mask & _OVERFLOW and not tally.has_ended:
            tally.is_complete = False
    if len(names) > _MOST_NAMES:
        tally.is_complete = False
        names.clear()
        tally.opened.clear()


def _order(known: int, mask: int) -> int:
    if not known:
        return _CREATED_FIRST if mask & (_CREATE | _MOVED_TO) else 0
    if mask & _CLOSE_WRITE and not known & _CLOSE_NOWRITE:
        return _WRITTEN_FIRST
    return 0


def _numbered(folders: Sequence[bytes], watched: Watched) -> dict[int, str]:
    skipped = set(watched.skipped)
    tried = (folders[index] for index in range(watched.count) if index not in skipped)
    return {number: os.fsdecode(folder) for number, folder in enumerate(tried, 1)}


def _use(mask: int) -> str:
    if mask & _CREATED_FIRST:
        return "created"
    if mask & (_MOVED_FROM | _DELETE):
        return "read"
    if not mask & _CLOSE_WRITE:
        return "read"
    if not mask & _CLOSE_NOWRITE:
        return "written"
    return "read_back" if mask & _WRITTEN_FIRST else "read"
