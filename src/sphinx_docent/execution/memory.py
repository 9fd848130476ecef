"""How much memory a process has held."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource


def peak_memory(*, of_children: bool = False) -> int:
    """Bytes that this process held at most, where the platform tells; otherwise 0.

    :param of_children: of those of its children that have ended, the one that held most.
    """
    if sys.platform == "win32":
        return 0
    who = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    peak = resource.getrusage(who).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
