"""The memory that a build may use, and sizes of memory in words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_CONTROL_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUPS = Path("/proc/self/cgroup")
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_BINARY_UNITS = {"k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?", re.IGNORECASE)


def available_memory(control_groups: Path = _CONTROL_GROUPS, own_groups: Path = _OWN_GROUPS) -> int:
    """Bytes of memory that this process may use: the machine's, a container's limit respected.

    :param control_groups: the folder in which the system tells the limits of groups.
    :param own_groups: the file in which it tells the groups of this process.
    """
    limits = [*_limits(control_groups, own_groups), _of_machine()]
    return min(limit for limit in limits if limit > 0)


def parse_size(text: str) -> int:
    """The bytes that ``4 GB``, ``512 MiB`` or ``1000000`` stand for.

    :raises ValueError: it is no size above 0.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None or (match[3] and not match[2]):
        raise ValueError(f"{text!r} is not a size, as in '4 GB' or '512 MiB'")
    units = _BINARY_UNITS if match[3] else _UNITS
    size = int(float(match[1]) * units[match[2].lower()])
    if size < 1:
        raise ValueError(f"{text!r} is not a size above 0")
    return size


def size_in_words(size: float) -> str:
    """A size as people write it: ``3.2 GB``."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size:.0f} B"


def _of_machine() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 2**63


def _limits(control_groups: Path, own_groups: Path) -> Iterator[int]:
    """The limits of this process's groups and of those above them (version 2, then 1)."""
    for group in _groups(own_groups):
        for folder in (group, *group.parents):
            for root, name in ((".", "memory.max"), ("memory", "memory.limit_in_bytes")):
                file = control_groups / root / str(folder).lstrip("/") / name
                try:
                    yield int(file.read_text(encoding="ascii"))
                except (OSError, ValueError):
                    continue


def _groups(own_groups: Path) -> Iterator[Path]:
    try:
        lines = own_groups.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        _, controllers, group = line.split(":", 2)
        if controllers == "" or "memory" in controllers.split(","):
            yield Path(group)
    yield Path("/")
