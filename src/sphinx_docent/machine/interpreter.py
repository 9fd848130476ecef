"""The Python that runs this process: which one it is, and where it is installed."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from pathlib import Path


def interpreter() -> dict[str, str]:
    """What the output of a tutorial may depend on: version, implementation, platform."""
    return {
        "python": f"{platform.python_version()} {sys.implementation.cache_tag}",
        "platform": sysconfig.get_platform(),
    }


def installation_folders() -> dict[str, str]:
    """Where the standard library and the distributions lie, which may be in the repository
    (``.venv``); the names are the same in every environment."""
    paths = sysconfig.get_paths()
    return {name: str(Path(paths[name])) for name in ("stdlib", "platlib", "purelib")}


def installation_prefixes() -> tuple[str, ...]:
    """How the paths of all installed files begin."""
    return tuple({f"{folder}{os.sep}" for folder in installation_folders().values()})
