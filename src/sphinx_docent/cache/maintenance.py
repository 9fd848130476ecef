"""What is done with a cache between builds: merge, verify, prune, measure.

Needs nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..files import write_whole
from .durations import NAME, read_durations, write_durations
from .entry import read_header, stem_of, unpack
from .entry_files import entry_files, entry_path, key_of
from .pruning import prune


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


@dataclass(frozen=True, slots=True)
class Size:
    """How much a cache holds.

    :param size: bytes.
    """

    entries: int
    size: int


def measure(folder: Path) -> Size:
    """How much there is."""
    sizes = [path.stat().st_size for path in entry_files(folder)]
    return Size(len(sizes), sum(sizes))


def is_sound(path: Path) -> bool:
    """Read a whole entry; whether it is what was stored."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    line = data[: data.find(b"\n") + 1]
    header = read_header(line, key_of(path), stem_of(line))
    return (
        header is not None
        and path == entry_path(path.parents[1], key_of(path), header.inputs)
        and unpack(header, data) is not None
    )


def damaged_entries(folder: Path) -> Iterator[Path]:
    """The entries that are not what was stored."""
    return (path for path in entry_files(folder) if not is_sound(path))


def merge(folder: Path, other: Path) -> Merged:
    """Take the sound entries of another cache, and what it knows of seconds."""
    taken = known = 0
    refused = []
    for path in entry_files(other):
        target = folder / path.parent.name / path.name
        if not is_sound(path):
            refused.append(path)
        elif target.is_file() and is_sound(target):
            known += 1
        else:
            write_whole(target, path.read_bytes())
            taken += 1
    theirs, ours = (_durations(cache / NAME) for cache in (other, folder))
    if theirs.keys() - ours.keys():
        write_whole(folder / NAME, write_durations({**theirs, **ours}))
    return Merged(taken, known, tuple(refused))


def prune_to(folder: Path, limit: int) -> Size:
    """Remove the entries that were not used for longest; what was removed.

    :param limit: bytes that may stay.
    """
    before = measure(folder)
    prune(folder, limit)
    after = measure(folder)
    return Size(before.entries - after.entries, before.size - after.size)


def _durations(file: Path) -> dict[str, float]:
    try:
        return read_durations(file.read_bytes())
    except OSError:
        return {}
