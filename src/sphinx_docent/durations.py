"""The last known execution time of every tutorial."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from .files import write_whole


def load_durations(file: Path) -> dict[str, float]:
    """Seconds by tutorial path; empty where nothing is known."""
    try:
        known = json.loads(file.read_bytes())
        return {str(path): float(seconds) for path, seconds in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def save_durations(file: Path, new: Mapping[str, float]) -> None:
    """Add new ones to those that are known."""
    if not new:
        return
    write_whole(file, json.dumps({**load_durations(file), **new}, indent=0).encode())
