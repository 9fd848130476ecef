"""Files that libraries read their settings from, wherever they lie: ``matplotlibrc`` and its like.

Of what lies outside of the repository, only what the project's own code reads counts: files of
settings are the exception, since whoever uses a library wants to use it as it is set up.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection
from pathlib import Path
from types import FrameType
from typing import Any

_SETTINGS = re.compile(r"\.?\w*rc|[^/]*\.(cfg|conf|ini|json|mplstyle|toml|ya?ml)")
_STDLIB = f"{os.path.dirname(os.__file__)}{os.sep}"

_read: dict[str, set[str]] = {}
_loading = False
_LOADED_IN: list[str] = []
"""Where matplotlib would have looked for its settings when it was loaded ahead."""


def is_settings_file(path: str) -> bool:
    """Whether a file outside of the repository holds settings of the user for a library.

    :param path: absolute.
    """
    home = os.path.expanduser("~")
    if not path.startswith(f"{home}{os.sep}"):
        return False
    first, _, rest = path[len(home) + 1 :].partition("/")
    if path.startswith(f"{config_home()}{os.sep}"):
        return True
    hidden = first.startswith(".") and first != ".cache"
    return hidden and _SETTINGS.fullmatch(rest or first) is not None


def config_home() -> str:
    """The folder of the user's settings."""
    return os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")


def watch_loading() -> None:
    """Begin to note which files libraries read while they are loaded ahead."""
    global _loading
    _loading = True
    sys.addaudithook(_note_opened)


def end_loading() -> None:
    """Note no more: from here on, tutorials' processes see for themselves."""
    global _loading
    _loading = False
    if "matplotlib" in sys.modules:
        _LOADED_IN.append(os.path.abspath("matplotlibrc"))


def settings_of(tops: Collection[str]) -> tuple[set[str], set[str]]:
    """Files and variables that say how libraries are set up which a tutorial uses.

    :param tops: names of top-level packages.
    """
    files = {path for top in tops for path in _read.get(top, ())}
    if "matplotlib" not in tops:
        return files, set()
    return files | set(_of_matplotlib()), {"MATPLOTLIBRC", "MPLCONFIGDIR"}


def named_settings() -> list[str]:
    """Files that the environment names."""
    named = os.environ.get("MATPLOTLIBRC")
    return [os.path.abspath(named), f"{os.path.abspath(named)}/matplotlibrc"] if named else []


def _of_matplotlib() -> list[str]:
    """Where matplotlib looks for its settings, whether there are some or not."""
    own = os.environ.get("MPLCONFIGDIR") or os.path.join(config_home(), "matplotlib")
    return [os.path.abspath(os.path.join(own, "matplotlibrc")), *named_settings(), *_LOADED_IN]


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    if not _loading or event != "open" or not isinstance(arguments[0], (str, Path)):
        return
    if not isinstance(arguments[1], str) or "r" not in arguments[1]:
        return
    top = _library(sys._getframe(1))
    if top:
        _read.setdefault(top, set()).add(os.path.abspath(arguments[0]))


def _library(frame: FrameType | None) -> str:
    """The package of the library that has a file opened; empty if it is none."""
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((_STDLIB, "<frozen")) or "-packages/" in file:
            return str(frame.f_globals.get("__name__", "")).partition(".")[0]
        frame = frame.f_back
    return ""
