"""What a command said when it ended."""

from __future__ import annotations

import subprocess


def refused(done: subprocess.CompletedProcess[str], code: int, *parts: str) -> None:
    """It ended with a code, and said why in one line."""
    assert done.returncode == code, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(part in done.stderr for part in parts), done.stderr
