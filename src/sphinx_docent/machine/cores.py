"""The processor cores that a build may use, and each tutorial's share of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CONTROL_GROUP = Path("/sys/fs/cgroup")


def available_cores(control_group: Path = _CONTROL_GROUP) -> int:
    """The processor cores that this process may use, a container's limit respected.

    :param control_group: the folder in which the system tells that limit.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _quota(control_group) or sys.maxsize))


def limit_threads(jobs: int) -> tuple[str, ...]:
    """Give each of several tutorials its share of the cores, where the user said nothing else.

    Numeric libraries look at these variables when they are loaded, which is after this.

    :returns: the variables that were set.
    """
    names = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "TVM")
    limits = tuple(
        f"{name}_NUM_THREADS" for name in names if f"{name}_NUM_THREADS" not in os.environ
    )
    _set_threads(limits, max(1, available_cores() // jobs))
    return limits


def lift_thread_limits(limits: Iterable[str]) -> None:
    """Give the one tutorial that runs alone all cores.

    :param limits: what :func:`limit_threads` has set.
    """
    _set_threads(limits, available_cores())


def _set_threads(names: Iterable[str], threads: int) -> None:
    os.environ.update(dict.fromkeys(names, str(threads)))


def _quota(control_group: Path) -> int | None:
    """The whole cores that the control group may use (``cpu.max`` of version 2, then 1)."""
    try:
        quota, period = (control_group / "cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        try:
            folder = control_group / "cpu"
            quota = (folder / "cpu.cfs_quota_us").read_text(encoding="ascii").strip()
            period = (folder / "cpu.cfs_period_us").read_text(encoding="ascii").strip()
        except OSError:
            return None
    if quota == "max" or int(quota) <= 0:
        return None
    return max(1, int(quota) // int(period))
