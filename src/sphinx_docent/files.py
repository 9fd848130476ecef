"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

DRAFT = ".new-"
"""How the names of files begin that are being written."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it.

    Folders above are made. What stood there stays until the new content is complete.

    :raises OSError: nothing was changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(draft).unlink()
        raise


def file_clock() -> int:
    """Now, in nanoseconds, as the kernel writes it into files: by its tick, which is behind."""
    coarse = 5  # CLOCK_REALTIME_COARSE
    return time.clock_gettime_ns(coarse) if sys.platform == "linux" else time.time_ns()
