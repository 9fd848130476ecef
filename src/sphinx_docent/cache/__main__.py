"""Looks after the kept results: ``python -m sphinx_docent.cache STATE``.

Speaks with the person; what an entry is, is known to :mod:`sphinx_docent.cache.entry`. Needs
nothing but the standard library.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from sphinx_docent.cache.durations import NAME, read_durations, write_durations
from sphinx_docent.cache.entry import read_header, stem_of, unpack
from sphinx_docent.cache.store import Cache, entry_name, places
from sphinx_docent.files import write_whole


class MaintenanceError(Exception):
    """The command is wrong; the message is one line for the person who gave it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise MaintenanceError(message)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the entries of another cache.

    :param taken: how many are new here.
    :param known: how many were here already.
    :param refused: those that are damaged.
    """

    taken: int
    known: int
    refused: tuple[Path, ...]


def is_sound(place: Path) -> bool:
    """Read a whole entry; whether it is what was stored."""
    try:
        data = place.read_bytes()
    except OSError:
        return False
    line = data[: data.find(b"\n") + 1]
    key = place.name.partition("-")[0]
    head = read_header(line, key, stem_of(line))
    return (
        head is not None
        and place.parent.name == key[:2]
        and place.name == entry_name(key, head.inputs)
        and unpack(head, data) is not None
    )


def merge(folder: Path, other: Path) -> Merged:
    """Take the sound entries of another cache, and what it knows of seconds."""
    taken = known = 0
    refused = []
    for place in places(other):
        target = folder / place.parent.name / place.name
        if not is_sound(place):
            refused.append(place)
        elif target.is_file() and is_sound(target):
            known += 1
        else:
            write_whole(target, place.read_bytes())
            taken += 1
    theirs, ours = (_seconds(cache / NAME) for cache in (other, folder))
    if theirs.keys() - ours.keys():
        write_whole(folder / NAME, write_durations({**theirs, **ours}))
    return Merged(taken, known, tuple(refused))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    :param arguments: its words; those of the process by default.
    :returns: the exit code: 0, 1 if a damaged entry is left, 2 if the command is wrong.
    """
    try:
        options = _parser().parse_args(arguments)
        report = _report(options.state)
        folder = options.folder or _folder(options.state, report)
        others = [_cache_in(other) for other in options.merge]
        if options.size < 0:
            raise MaintenanceError(f"--size is {options.size:g}: give MiB, 0 or more")
        for line in _work(folder, others, options):
            print(line)
        for line in _describe(folder, report):
            print(line)
        damaged = options.verify and any(not is_sound(place) for place in places(folder))
    except (MaintenanceError, OSError) as error:
        print(f"cache: {error}", file=sys.stderr)
        return 2
    return 1 if damaged else 0


def _work(folder: Path, others: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    for other in others:
        done = merge(folder, other)
        yield f"merged {other}: {done.taken} taken, {done.known} known, {len(done.refused)} damaged"
        yield from (f"damaged, not taken: {place}" for place in done.refused)
    if options.verify:
        damaged = [place for place in places(folder) if not is_sound(place)]
        for place in damaged:
            if options.prune:
                place.unlink(missing_ok=True)
            yield f"damaged{', removed' if options.prune else ''}: {place}"
        yield f"verified: {len(damaged)} damaged"
    if options.prune:
        before = _size(folder)
        Cache(folder).prune(int(options.size * 2**20))
        entries, size = (old - new for old, new in zip(before, _size(folder), strict=True))
        yield f"pruned: {_count(entries, size)}"


def _describe(folder: Path, report: dict[str, Any]) -> Iterator[str]:
    yield f"{folder}: {_count(*_size(folder))}"
    try:
        used = report["cache"]
        shared = f", {used['fetched']} of them from {used['remote']}" if used["remote"] else ""
        yield f"last build: {used['hits']} hits{shared}, {used['misses']} misses"
        if used["problem"]:
            yield f"last build: trouble with {used['remote']}: {used['problem']}"
    except (KeyError, TypeError):
        yield "last build: none known"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sphinx_docent.cache", description=__doc__.splitlines()[0])
    parser.add_argument("state", type=Path, help="the folder that holds report.json and cache")
    parser.add_argument("--folder", type=Path, help="of the results, if they lie elsewhere")
    parser.add_argument("--merge", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--verify", action="store_true", help="read and check every entry")
    parser.add_argument("--prune", action="store_true", help="remove damaged and old entries")
    parser.add_argument("--size", type=float, default=4096, help="MiB to keep (%(default)s)")
    return parser


def _report(state: Path) -> dict[str, Any]:
    try:
        report = json.loads((state / "report.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def _folder(state: Path, report: dict[str, Any]) -> Path:
    """Where the last build kept its results."""
    try:
        return Path(report["cache"]["folder"])
    except (KeyError, TypeError):
        return state / "cache"


def _cache_in(folder: Path) -> Path:
    """A cache, or the one in a build's state."""
    if not folder.is_dir():
        raise MaintenanceError(f"--merge {folder}: there is no such folder")
    return folder / "cache" if (folder / "cache").is_dir() else folder


def _seconds(file: Path) -> dict[str, float]:
    try:
        return read_durations(file.read_bytes())
    except OSError:
        return {}


def _size(folder: Path) -> tuple[int, int]:
    sizes = [place.stat().st_size for place in places(folder)]
    return len(sizes), sum(sizes)


def _count(entries: int, size: int) -> str:
    return f"{entries} {'entry' if entries == 1 else 'entries'}, {size / 2**20:.1f} MiB"


if __name__ == "__main__":
    sys.exit(main())
