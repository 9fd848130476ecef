"""Sees what is imported, loaded already or not, and which modules are looked for in vain."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import os
import posix
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FrameType
from typing import Any

from .hidden_frames import stand_in
from .observation import Observer, is_there


class ImportObserver:
    """Observes one process from :meth:`start` on; there is no end.

    Only what the tutorial causes is noted.
    """

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def start(self) -> None:
        """Begin."""
        sys.meta_path.append(_LastFinder(self._missed))
        imported, real = self._looked_for, importlib.util.find_spec

        def watched_find_spec(name: str, package: str | None = None) -> Any:
            imported(importlib.util.resolve_name(name, package) if name[:1] == "." else name)
            return real(name, package)

        importlib.util.find_spec = stand_in(watched_find_spec, real, "importlib.util")
        _replace_import(self._imported)

    def _imported(self, name: str, frame: FrameType) -> None:
        """Somebody imports a module.

        What a library imports counts by the package that it is of.
        """
        observer = self._observer
        own = observer.asking.is_own(frame)
        top = name.partition(".")[0]
        wanted = name if own else top
        if observer.is_active and not observer.knows("modules", wanted):
            standard = top in sys.stdlib_module_names
            if own or (not (standard and top in sys.modules) and observer.asking.is_caused()):
                observer.note("modules", top)
                observer.note("modules", wanted)
                self._looked_for(top)

    def _missed(self, name: str) -> None:
        """No finder has found a module; one of Python's own is missing by the platform."""
        if name.partition(".")[0] not in sys.stdlib_module_names or "." in name:
            self._looked_for(name)

    def _looked_for(self, name: str) -> None:
        observer = self._observer
        observer.note("modules", name)
        for place in _places(name):
            own = observer.reach.origin(place)
            if own is not None:
                observer.note("kinds", own, is_there=is_there(place))


def of_watched_files(names: Iterable[str], is_watched: Callable[[str], bool]) -> set[str]:
    """Those of the loaded modules whose place on the path counts: what is loaded from watched
    files, and the namespaces that hold it.

    :param names: of modules.
    """
    found = set()
    for name in names:
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None)
        if file and is_watched(file):
            found.add(name)
        elif file is None:
            folders = getattr(module, "__path__", ())
            if any(is_watched(folder) for folder in folders):
                found.add(name)
    return found


class _LastFinder:
    """Is asked for a module when nobody else has found it; finds none."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Note that a module is missing."""
        self._note(name)

    def invalidate_caches(self) -> None:
        """There is nothing to forget."""


def _replace_import(imported: Callable[[str, FrameType], None]) -> None:
    """Have a function told the full name of everything that is imported, and who does it."""
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
            imported(name, sys._getframe(1))
        return real_import(name, globals, locals, fromlist, level)

    def watched_module(name: str, package: str | None = None) -> Any:
        if not name.startswith("."):
            imported(name, sys._getframe(1))
        return real_module(name, package)

    builtins.__import__ = stand_in(watched_import, real_import, "builtins")
    importlib.import_module = stand_in(watched_module, real_module, "importlib")


def _places(name: str) -> Iterator[str]:
    """Files that would be imported under a name if they existed, up to the one that is."""
    parent, _, last = name.rpartition(".")
    folders = getattr(sys.modules.get(parent), "__path__", ()) if parent else sys.path
    for folder in list(folders):
        base = os.path.join(os.path.abspath(folder), last)
        package = f"{base}/__init__.py"
        for place in (package, f"{base}.py"):
            yield place
            if posix_isfile(place):
                return


def posix_isfile(path: str) -> bool:
    """Whether there is a file, without asking through a function that is watched."""
    try:
        return posix.stat(path).st_mode & 0o170000 == 0o100000
    except (OSError, ValueError):
        return False
