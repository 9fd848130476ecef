"""Where a module would be imported from, found without importing anything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

_BUILT_IN = ("built-in", "frozen")


def module_origin(name: str, root: Path, naming: Callable[[str], str | None]) -> str | None:
    """Where a module comes from; ``None`` if there is none of that name.

    One of the repository is looked for anew: tutorials import it anew. What else is loaded stays
    what it is, whatever comes before it on the path now.

    :param name: with dots for a submodule.
    :param naming: the name of a file; ``None`` for what counts by its version.
    """
    spec = _found(name, root)
    if spec is None:
        return None
    if spec.origin and spec.has_location:
        return _place(spec.origin, naming)
    if spec.submodule_search_locations is not None:  # a namespace: its folders, in order
        folders = [_place(folder, naming) for folder in spec.submodule_search_locations]
        return " + ".join(dict.fromkeys(folders)) or None
    return spec.origin if spec.origin in _BUILT_IN else "made by a finder"


def _place(path: str, naming: Callable[[str], str | None]) -> str:
    """Where it is installed does not matter; which of the project's files it is does."""
    name = naming(path)
    return name if name and (not name.startswith("dist:") or "/~/" in name) else "installed"


def _found(name: str, root: Path) -> ModuleSpec | None:
    loaded = sys.modules.get(name)
    spec = getattr(loaded, "__spec__", None)
    file = getattr(loaded, "__file__", None)
    if isinstance(spec, ModuleSpec) and file and not file.startswith(f"{root}/"):
        return spec
    folders: Sequence[str] | None = None
    parent, _, _ = name.rpartition(".")
    if parent:
        above = _found(parent, root)
        if above is None or above.submodule_search_locations is None:
            return None
        folders = list(above.submodule_search_locations)
    for finder in sys.meta_path:
        try:
            found = finder.find_spec(name, folders)
        except (AttributeError, ImportError, OSError, ValueError):
            continue
        if found is not None:
            return found
    return None
