"""Keeps Sphinx from reading a page again whose content is what it read last time.

Sphinx compares times. Builds in different modes write the same generated folders, so a page
that was replaced and put back would look new. What an environment has read is therefore kept
by content: a generated file that holds the same bytes gets the time back that it had then.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

Stamp = tuple[str, int, int]
"""SHA-256, size in bytes, and modification time in nanoseconds."""


def restore_times(files: Iterable[Path], known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Give unchanged files their old time.

    :param files: all generated files.
    :param known: the stamps of the last build in this environment.
    :returns: the stamps to keep for the next.
    """
    stamps = {}
    for path in files:
        # What nobody can read is no page's file, whoever has left it there.
        with suppress(OSError):
            stamps[str(path)] = _settle(path, known.get(str(path)))
    return stamps


def _settle(path: Path, known: Stamp | None) -> Stamp:
    status = path.stat()
    if known and known[1:] == (status.st_size, status.st_mtime_ns):
        return known
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if known and known[0] == digest:
        os.utime(path, ns=(status.st_atime_ns, known[2]))
        return known
    if known:
        # Another environment may have given this content a time that lies before our reading.
        os.utime(path)
        status = path.stat()
    return (digest, status.st_size, status.st_mtime_ns)
