"""Servers that wait for a project: to load what every project needs takes longer than many a
tutorial."""

from __future__ import annotations

import time
from pathlib import Path

from .sidecar import Sidecar

_spares: dict[Path, Sidecar] = {}
"""At most one for each worker of this process, by the worker's folder."""


def keep_spare(folder: Path) -> None:
    """See that a worker has a server that waits."""
    _spares[folder] = take_spare(folder)


def take_spare(folder: Path) -> Sidecar:
    """A worker's server that has waited, or a new one."""
    spare = _spares.pop(folder, None)
    if spare is None or spare.has_ended:
        spare = Sidecar(folder / "logs" / f"{time.monotonic_ns()}.log")
    return spare
