"""Which packages use which, as far as it is seen in the modules that are loaded.

A package that was loaded before a tutorial began tells of no import; what it uses is seen in the
names that its modules hold. The server looks at what it has loaded (:func:`note_loaded_packages`)
before it forks; a tutorial's process looks at what has come since.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from itertools import takewhile
from typing import Any

_uses: dict[str, set[str]] = {}
_last = ""


def used_packages(tops: Collection[str]) -> set[str]:
    """The top-level packages that loaded packages use, themselves included."""
    note_loaded_packages()
    found: set[str] = set()
    waiting = list(tops)
    while waiting:
        top = waiting.pop()
        if top not in found:
            found.add(top)
            waiting.extend(_uses.get(top, ()))
    return found


def newly_loaded() -> list[str]:
    """The modules that were loaded since :func:`note_loaded_packages` was called.

    ``sys.modules`` is in order of loading. What was loaded before a fork is not touched: to look
    at thousands of modules would copy the memory that they lie in.
    """
    return list(takewhile(lambda name: name != _last, reversed(sys.modules)))


def note_loaded_packages() -> None:
    """Look at modules that were loaded since the last time; what was seen before is kept."""
    global _last
    for name in newly_loaded():
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names:
            _uses.setdefault(top, set()).update(_used_by(sys.modules[name]))
    _last = next(reversed(sys.modules))


def _used_by(module: Any) -> set[str]:
    used = set()
    for value in list(getattr(module, "__dict__", {}).values()):
        name = value.__name__ if isinstance(value, type(sys)) else _module_of(value)
        if isinstance(name, str):
            top = name.partition(".")[0]
            if top and top not in sys.stdlib_module_names:
                used.add(top)
    return used


def _module_of(value: Any) -> Any:
    kind = type(value)
    if kind.__name__ in ("type", "function", "builtin_function_or_method") or isinstance(
        value, type
    ):
        return getattr(value, "__module__", None)
    return None
