"""What an object holds, told without its address and without calling its own code."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import enum
import fractions
import hashlib
import os
import re
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from types import (
    BuiltinFunctionType,
    CellType,
    FunctionType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodDescriptorType,
    WrapperDescriptorType,
)
from typing import Any

from .code_text import code_text

_ATOMS = (type(None), bool, int, float, complex, type(...), type(NotImplemented), range)
_WRITTEN = (
    *(datetime.date, datetime.time, datetime.timedelta, datetime.timezone),
    *(decimal.Decimal, fractions.Fraction, slice),
)
_DESCRIPTORS = (
    *(GetSetDescriptorType, MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType),
)
_OF_PYTHON = {
    *("__abstractmethods__", "__annotate__", "__annotate_func__", "__annotations__"),
    *("__annotations_cache__", "__dict__", "__doc__", "__firstlineno__", "__module__"),
    *("__static_attributes__", "__weakref__", "_abc_impl"),
}
_OPAQUE = re.compile(
    r"(_io|_thread|_weakref|asyncio|logging|multiprocessing|socket|threading|weakref)(\.|$)"
    r"|(docutils|jinja2|sphinx)\.(?!util\.tags)"
)
_MADE_BY_PYTHON = 1 << 9  # Py_TPFLAGS_HEAPTYPE
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


def plain_text(value: Any, roots: Iterable[str]) -> str | None:
    """A value that reaches no other, with its type; ``None`` if it may.

    :param roots: folders that are written as the repository's root.
    """
    kind = type(value)
    if kind in _ATOMS or kind in _WRITTEN:
        return f"{kind.__name__} {value!r}"
    if kind is str:
        return repr(_without_root(value, roots))
    if kind in (bytes, bytearray):
        return f"{kind.__name__} {_without_root(value.decode('latin-1'), roots)!r}"
    if isinstance(value, PurePath):
        return f"path {_without_root(value.as_posix(), roots)!r}"
    if isinstance(value, re.Pattern):
        return f"pattern {_without_root(str(value.pattern), roots)!r} {value.flags}"
    if isinstance(value, BuiltinFunctionType) and not _is_bound(value):
        return f"built-in {value.__module__}.{value.__qualname__}"
    if isinstance(value, _DESCRIPTORS):
        return f"{kind.__name__} {value.__name__}"
    if kind.__module__ == "numpy" and hasattr(kind, "tobytes"):
        return _array_text(value)
    return None


def is_enum_member(value: Any) -> bool:
    """Whether a value is a member of an enumeration."""
    return isinstance(value, enum.Enum)


def is_opaque(value: Any) -> bool:
    """Whether an object belongs to the running build: a lock, a logger, Sphinx itself.

    Nothing that it holds is a setting; ``os.environ`` is observed variable by variable.
    """
    return value is os.environ or bool(_OPAQUE.match(f"{type(value).__module__}."))


def variables_of(kind: type) -> dict[str, Any]:
    """What a class itself defines."""
    if issubclass(kind, enum.Enum):
        members = dict(kind.__members__)
        own = {
            name: entry
            for name, entry in vars(kind).items()
            if name not in members and (not name.startswith("_") or callable(entry))
        }
        return {"members": [*members], **_without(own), **members}
    return _without(vars(kind))


def installed_class(kind: type, installed: Callable[[str], str | None]) -> str | None:
    """Name and version of a class that is not the project's; ``None`` if it is.

    :param installed: by what a file of code counts if not by content.
    """
    name = f"{kind.__module__}.{kind.__qualname__}"
    if not kind.__flags__ & _MADE_BY_PYTHON and kind.__module__ == "builtins":
        return name
    module = sys.modules.get(kind.__module__)
    # Of a class of conf.py, Python says that it is of `builtins`, or of the module that runs.
    if module is None or kind.__module__ in ("builtins", "__main__"):
        return None
    version = installed(getattr(module, "__file__", None) or "<built in>")
    return None if version is None else f"{name} {version}"


def state_of(value: Any) -> dict[str, Any]:
    """What an instance holds: attributes, slots, and its entries if it is a collection."""
    state: dict[str, Any] = dict(getattr(value, "__dict__", None) or {})
    for kind in type(value).__mro__:
        slots = vars(kind).get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else tuple(slots):
            entry = vars(kind).get(slot)
            if isinstance(entry, MemberDescriptorType) and hasattr(value, slot):
                state[slot] = getattr(value, slot)
    content = _content(value)
    if content is not None:
        state["its content"] = content
    if not state or any("__reduce__" in vars(kind) for kind in type(value).__mro__[:-1]):
        state.update(_shown(value))
    return state


def sorting_text(value: Any) -> str:
    """By what the entries of a set or the keys of a mapping are ordered."""
    if isinstance(value, (tuple, frozenset)):
        return f"{type(value).__name__} {sorted(map(sorting_text, value))}"
    if isinstance(value, FunctionType):
        return f"{value.__qualname__} {code_text(value.__code__).text}"
    plain = plain_text(value, ())
    return plain if plain is not None else f"{getattr(value, '__qualname__', '')} {type(value)}"


def content_of(cell: CellType) -> Any:
    """What a closure holds under a name; ``None`` if nothing yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return None


def loaded_files(installed: Callable[[str], str | None], roots: Iterable[str]) -> list[str]:
    """Name and digest of the file of each loaded module that is the project's own."""
    found = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py") and installed(file) is None:
            with contextlib.suppress(OSError):
                digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
                found.append(f"{_without_root(file, roots)} {digest}")
    return sorted(found)


def _content(value: Any) -> Any:
    """What an instance of a subclass of a built-in type is apart from its attributes."""
    if isinstance(value, (dict, MappingProxyType)):
        made = value.default_factory if isinstance(value, defaultdict) else None
        return [made, dict(value.items())]
    if isinstance(value, (list, tuple, deque)):
        return list(value)
    if isinstance(value, (set, frozenset)):
        return set(value)
    for kind in (str, bytes, int, float):
        if isinstance(value, kind):
            return getattr(kind, "__str__" if kind is str else "__repr__")(value)
    return None


def _shown(value: Any) -> dict[str, Any]:
    """What an object of C code shows of itself; an address is no part of it."""
    with contextlib.suppress(Exception):  # an object may refuse either, in any way
        text = repr(value)
        if not _ADDRESS.search(text):
            return {"its text": text}
        if isinstance(value, BuiltinFunctionType):
            return {"its name": value.__qualname__, "its owner": value.__self__}
        parts = value.__reduce_ex__(2)
        return {"its parts": list(parts[1:3]) if isinstance(parts, tuple) else []}
    return {}


def _without_root(text: str, roots: Iterable[str]) -> str:
    for root in roots:
        if len(root) > 1 and root in text:
            text = re.sub(rf"{re.escape(root)}(?![\w.-])", "{root}", text)
    return text


def _without(own: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in own.items() if name not in _OF_PYTHON}


def _is_bound(value: BuiltinFunctionType) -> bool:
    return value.__self__ is not None and type(value.__self__).__name__ != "module"


def _array_text(value: Any) -> str:
    if value.dtype.hasobject:
        return f"array {value.shape} {value.tolist()!r}"
    return f"array {value.dtype.str} {value.shape} {hashlib.sha256(value.tobytes()).hexdigest()}"
