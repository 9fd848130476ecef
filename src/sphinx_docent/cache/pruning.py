"""Keeps a cache's folder small."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from ..files import DRAFT
from .entry_files import files_in, parts

_ABANDONED = 3600  # seconds after which nobody goes on with a draft


def prune(folder: Path, limit: int) -> None:
    """Remove the entries that were not used for longest, until the rest fits.

    :param folder: the cache's.
    :param limit: bytes.
    """
    found = []
    for part in parts(folder):
        _remove_abandoned(part)
        found += [(entry.stat().st_mtime_ns, entry.path) for entry in files_in(part)]
    sizes = {path: os.path.getsize(path) for _, path in found}
    total = sum(sizes.values())
    for _, path in sorted(found):
        if total <= limit:
            return
        Path(path).unlink(missing_ok=True)
        total -= sizes[path]


def _remove_abandoned(part: Path) -> None:
    """Remove what builds that were killed have left."""
    for draft in part.glob(f"{DRAFT}*"):
        with contextlib.suppress(OSError):
            if draft.stat().st_mtime < time.time() - _ABANDONED:
                draft.unlink()
