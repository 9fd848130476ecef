"""What the kernel told of a tutorial's files, and what that adds to what its own process has seen.

The kernel sees every file that is opened, by whomever; the process sees what was only looked for,
and by which name. Pure.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..cache.inputs import PATHS
from .answer import Observed


@dataclass(frozen=True, slots=True)
class KernelEvents:
    """What was done in the repository, in absolute paths.

    :param read: files that were there and were opened for reading.
    :param read_back: files that were there, and were read only after they had been written.
    :param listed: folders that were opened, and how often.
    :param aliases: symbolic links of the repository through which a file or a folder can have
        been reached, by its real path.
    :param gap: why not everything was seen; empty if everything was.
    :param made: what the tutorial, or a program that it started, made where nothing was.
    :param moved: files that were there and were removed, written or given another name: what they
        held can have been used by that.
    """

    read: tuple[str, ...] = ()
    read_back: tuple[str, ...] = ()
    listed: tuple[tuple[str, int], ...] = ()
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gap: str = ""
    made: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """In a form that JSON holds."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> KernelEvents:
        """Read what :meth:`to_json` gave."""
        return cls(
            read=tuple(data["read"]),
            read_back=tuple(data["read_back"]),
            listed=tuple((str(folder), int(count)) for folder, count in data["listed"]),
            aliases=tuple((str(path), tuple(names)) for path, names in data["aliases"]),
            gap=str(data["gap"]),
            made=tuple(data["made"]),
            moved=tuple(data["moved"]),
        )


def combine(seen: Observed, events: KernelEvents, source: str) -> Observed:
    """All that a tutorial was observed to use.

    :param seen: by its own process.
    :param source: the tutorial, which is no input of itself.
    """
    seen = _without_made(seen, frozenset(events.made))
    known, own = set(seen.used.get("files", ())), set(seen.written)
    entered = set(seen.used.get("folders", ()))
    read = {*events.read, *(path for path in events.read_back if path not in own)}
    files = {path for name in read if (path := _source_of(name)) is not None}
    searched = dict(seen.searched)
    folders = {path for path, count in events.listed if count > searched.get(path, 0)}
    aliases = dict(events.aliases)
    files |= _named(files, aliases, known)
    files |= {path for path in events.moved if path not in own}
    folders |= _named(folders, aliases, entered)
    return seen.also("files", files - {source}).also("folders", folders)


def _without_made(seen: Observed, made: frozenset[str]) -> Observed:
    """What was used, without what the tutorial or a program of it had made before."""
    if not made:
        return seen
    absent = frozenset(seen.absent)
    used = {
        table: tuple(name for name in names if name not in made or name in absent)
        if table in PATHS
        else names
        for table, names in seen.used.items()
    }
    return replace(seen, used=used)


def aliases_of(
    paths: Iterable[str], links: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By which other names paths can have been reached.

    :param links: of each symbolic link, where it leads in the end.
    """
    if not links:
        return ()
    by_target: dict[str, list[str]] = {}
    for link, target in links.items():
        by_target.setdefault(target, []).append(link)
    found = []
    for path in paths:
        names = tuple(_names(path, by_target))
        if names:
            found.append((path, names))
    return tuple(found)


def _names(path: str, by_target: Mapping[str, list[str]]) -> Iterable[str]:
    """The names that links give to a path: to itself, or to a folder that it lies in."""
    part = path
    while part:
        for link in by_target.get(part, ()):
            yield link + path[len(part) :]
        part = part.rpartition("/")[0]


def _named(
    paths: Iterable[str], aliases: Mapping[str, tuple[str, ...]], known: set[str]
) -> set[str]:
    """The other names of paths, of which it is not known by which name they were used."""
    return {
        name
        for path in paths
        if path not in known and known.isdisjoint(aliases.get(path, ()))
        for name in aliases.get(path, ())
    }


def _source_of(path: str) -> str | None:
    """What counts where a file was read: the module, of compiled code."""
    if not path.endswith(".pyc"):
        return path
    try:
        return importlib.util.source_from_cache(path)
    except ValueError:
        return path
