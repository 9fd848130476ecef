"""Whether notebooks can be executed here at all."""

from __future__ import annotations

import importlib.util
import os
import sys

from ..errors import DocentError

NEEDED = ("ipykernel", "nbclient", "nbformat", "pip")


def require_packages() -> None:
    """See that notebooks can be executed here.

    :raises DocentError: a package is missing, or this platform cannot execute them.
    """
    if not hasattr(os, "fork"):
        raise DocentError(
            f"notebooks cannot be executed on {sys.platform}, which has no fork: try it under WSL"
        )
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if absent:
        raise DocentError(
            f"to execute notebooks, {', '.join(absent)} must be installed: "
            "python -m pip install 'sphinx-docent[notebooks]'"
        )
