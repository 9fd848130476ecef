"""In which order tutorials execute, by how long each took the last time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from ..model import Tutorial


def longest_first(tutorials: Sequence[Tutorial], seconds: Mapping[str, float]) -> list[Tutorial]:
    """The order in which to execute: the longest first, unknown ones as the median.

    :param seconds: the last known ones by path.
    """
    expected = expected_seconds([entry.path for entry in tutorials], seconds)
    return sorted(tutorials, key=lambda entry: -expected[entry.path])


def expected_seconds(paths: Iterable[str], seconds: Mapping[str, float]) -> dict[str, float]:
    """How long tutorials may take: unknown ones as the median of the known.

    :param paths: of tutorials.
    :param seconds: the last known ones by path.
    """
    paths = list(paths)
    known = [seconds[path] for path in paths if path in seconds]
    usual = median(known) if known else 1.0
    return {path: seconds.get(path, usual) for path in paths}
