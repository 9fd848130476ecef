"""Ends a program and all that it has started, whatever groups these are in."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .programs import end_group

PROC = Path("/proc")


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Ask a program and all below it to end, then insist."""
    if not PROC.is_dir():
        end_group(process)
        return
    everything = [process.pid, *descendants(process.pid)]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        for pid in reversed(everything):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
            return


def descendants(pid: int) -> Iterator[int]:
    """The processes below one, parents first."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children[parent].append(int(folder.name))
    waiting = [pid]
    while waiting:
        below = children[waiting.pop()]
        yield from below
        waiting += below
