"""The last known execution time and peak memory of every tutorial; they travel with the cache."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from .store import Cache

NAME = "durations.json"
PEAKS = "peak-memory.json"
"""Under this name the cache keeps the bytes that each tutorial held at most."""


def load_durations(cache: Cache, name: str = NAME) -> dict[str, float]:
    """Seconds by tutorial path; what machines share goes before what one of them knows.

    :param name: under which the cache keeps them.
    """
    known: dict[str, float] = {}
    for data in cache.metadata(name):
        known |= read_durations(data)
    return known


def save_durations(
    cache: Cache, known: Mapping[str, float], new: Mapping[str, float], name: str = NAME
) -> None:
    """Add new ones to those that are known.

    :param known: what :func:`load_durations` gave; others may have added to it meanwhile.
    """
    if any(known.get(path) != seconds for path, seconds in new.items()):
        data = write_durations({**load_durations(cache, name), **new})
        cache.write_metadata(name, data)


def read_durations(data: bytes) -> dict[str, float]:
    """Seconds by path; empty where this is something else."""
    try:
        known = {str(path): float(seconds) for path, seconds in json.loads(data).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {path: seconds for path, seconds in known.items() if math.isfinite(seconds)}


def write_durations(known: Mapping[str, float]) -> bytes:
    """What :func:`read_durations` reads."""
    return json.dumps(known, indent=0, sort_keys=True).encode()
