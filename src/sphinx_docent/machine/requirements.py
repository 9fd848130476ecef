"""Looks for what tutorials need on this machine: devices and importable packages."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ..model import CUDA

Probe = Callable[[], bool]


def missing_here(names: Iterable[str], probes: Mapping[str, Probe]) -> frozenset[str]:
    """The names that this machine lacks.

    :param names: requirements; one without a probe of its own is an importable package.
    :param probes: the project's own probes by name; they replace the built-in ones.
    """
    table: dict[str, Probe] = {CUDA: has_cuda, **probes}
    return frozenset(
        name for name in set(names) if not (table[name]() if name in table else has_package(name))
    )


def has_package(name: str) -> bool:
    """Whether a package can be imported; only its parents are, to find a submodule."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


_COUNT_DEVICES = """
import ctypes, sys
driver = ctypes.CDLL(sys.argv[1])
count = ctypes.c_int()
ready = driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
sys.exit(0 if ready and count.value > 0 else 1)
"""


@cache
def has_cuda() -> bool:
    """Whether the CUDA driver sees a device.

    The driver is asked in another process: a process that has initialised CUDA must not fork.
    """
    if os.environ.get("CUDA_VISIBLE_DEVICES", "unset").strip() in ("", "-1"):
        return False
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    command = [sys.executable, "-I", "-c", _COUNT_DEVICES, library]
    try:
        probe = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0
