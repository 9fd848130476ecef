"""Sees imports of modules that are loaded already, too; no audit event tells of them."""

from __future__ import annotations

import builtins
import importlib
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from .observation import Observer


def watch_imports(observer: Observer, source: Path) -> None:
    """Begin to see; there is no end.

    :param source: the script as it is executed. Only what it causes is noted.
    """

    def imported(name: str) -> None:
        top = name.partition(".")[0]
        if (
            observer.is_active
            and not observer.knows("modules", top)
            and top not in sys.stdlib_module_names
            and _is_caused_by(str(source))
        ):
            observer.note("modules", top)
            for place in _earlier_places(top):
                observer.note("files", observer.own(place))

    _replace_import(imported)


def _replace_import(imported: Callable[[str], None]) -> None:
    """Have a function told the full name of everything that is imported."""
    real_import, real_module = builtins.__import__, importlib.import_module
    asked: set[tuple[str | None, str]] = set()

    def watched_import(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        importer = globals.get("__name__") if globals else None
        key = (str(importer), name)
        if level == 0 and key not in asked:
            asked.add(key)
            imported(name)
        return real_import(name, globals, locals, fromlist, level)

    def watched_module(name: str, package: str | None = None) -> Any:
        if not name.startswith("."):
            imported(name)
        return real_module(name, package)

    builtins.__import__ = watched_import
    importlib.import_module = watched_module


def _is_caused_by(source: str) -> bool:
    """Whether the tutorial's own code is below on the stack, or this is its thread."""
    if threading.current_thread() is not threading.main_thread():
        return True
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == source:
            return True
        frame = frame.f_back
    return False


def _earlier_places(top: str) -> list[str]:
    """Files that would be imported under a name if they existed, up to the one that is."""
    places = []
    for folder in sys.path:
        base = os.path.join(folder or ".", top)
        package = os.path.join(base, "__init__.py")
        for place in (package, base + ".py"):
            places.append(place)
            if os.path.isfile(place):
                return places
        if os.path.isdir(base):
            return places
    return places
