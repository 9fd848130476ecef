"""Keeps matplotlib unloaded while sphinx-gallery is configured.

To load it takes longer than many a precheck, and only tutorials that execute need it.
"""

from __future__ import annotations

import sys


def block_matplotlib() -> None:
    """Have whoever imports matplotlib find none."""
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]


def unblock_matplotlib() -> None:
    """Take back what :func:`block_matplotlib` did."""
    if sys.modules.get("matplotlib", sys) is None:
        del sys.modules["matplotlib"]
