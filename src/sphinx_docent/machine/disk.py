"""How much room there is on the disk."""

from __future__ import annotations

import os
from pathlib import Path

_LITTLE = 16 * 2**10


def is_full(folder: Path) -> bool:
    """Whether next to nothing more can be written in a folder; false where that is not known."""
    try:
        facts = os.statvfs(folder)
    except (OSError, AttributeError):
        return False
    has_no_files_left = facts.f_files > 0 and facts.f_favail == 0
    return facts.f_bavail * facts.f_frsize < _LITTLE or has_no_files_left
