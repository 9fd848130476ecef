"""A fingerprint of any value of ``conf.py``: the same in every run, on every machine and in every
checkout, and another when the value means another.

A function counts with all that it reaches: its code, the functions and constants that it names,
in ``conf.py`` or in modules of the project, what it holds and what it inherits. What is installed
counts by its version. Comments, layout and docstrings count for nothing.
"""

from __future__ import annotations

import builtins
import hashlib
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial, partialmethod
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from .code_layout import Layouts
from .code_text import CodeText, Import, code_text, docstring
from .object_state import (
    content_of,
    installed_class,
    is_enum_member,
    is_opaque,
    loaded_files,
    plain_text,
    sorting_text,
    state_of,
    variables_of,
)

Installed = Callable[[str], str | None]
"""Of a file, by which distribution and version it counts; ``None`` if by its content."""

_MOST = 10_000
"""Objects that a setting may reach. If it reaches more, files of all loaded modules count."""


class Fingerprints:
    """Fingerprints of settings in one build.

    :param root: the repository's root; paths inside it are written relative to it.
    :param installed: tells what is installed from what is the project's.
    :param most: how many objects a setting may reach.
    """

    def __init__(self, root: Path, installed: Installed, most: int = _MOST) -> None:
        self.roots = tuple(dict.fromkeys((str(root), str(root.resolve()))))
        self.installed = installed
        self.most = most
        self._codes: dict[CodeType, CodeText] = {}
        self._layouts = Layouts()

    def of(self, value: Any, *named: Any) -> str:
        """The fingerprint of a value.

        :param named: what the value only names: functions, for example.
        """
        return _Walk(self).fingerprint((value, *named) if named else value)

    def of_code(self, code: CodeType, namespace: dict[str, Any]) -> str:
        """The fingerprint of statements.

        :param namespace: what their names mean.
        """
        return _Walk(self).fingerprint(FunctionType(code, namespace))

    def code_text(self, code: CodeType) -> CodeText:
        """What a code object does."""
        if code not in self._codes:
            self._codes[code] = code_text(self._layouts.without_layout(code))
        return self._codes[code]


class _Walk:
    """Describes one value and, in the order in which they are met, the objects that it reaches.

    Each object has a number, so that cycles end and nothing is described twice.
    """

    def __init__(self, shared: Fingerprints) -> None:
        self._shared = shared
        self._numbers: dict[int, int] = {}
        self._waiting: deque[Any] = deque()
        self._met: list[Any] = []
        self._open: list[int] = []
        self._ordered = False
        self._docstrings: list[str] = []
        self._docstrings_count = False
        self._too_many = False

    def fingerprint(self, value: Any) -> str:
        """SHA-256 of the description."""
        hashed = hashlib.sha256()
        for line in self._lines(value):
            hashed.update(line.encode(errors="backslashreplace") + b"\n")
        return hashed.hexdigest()

    def _lines(self, value: Any) -> Iterator[str]:
        yield self._text(value)
        self._ordered = True  # a function may go through what it holds
        while self._waiting:
            value = self._waiting.popleft()
            try:
                yield from list(self._body(value))
            except Exception:
                yield f"a {type(value).__qualname__}"
        if self._docstrings_count:
            yield from self._docstrings
        if self._too_many:
            yield from loaded_files(self._shared.installed, self._shared.roots)

    def _text(self, value: Any) -> str:
        """A value; of an object that reaches others its number."""
        try:
            return self._any_text(value)
        except Exception:  # an object may refuse in any way to be looked at
            return f"a {type(value).__qualname__}"

    def _any_text(self, value: Any) -> str:
        if (plain := plain_text(value, self._shared.roots)) is not None:
            return plain
        if isinstance(value, (FunctionType, ModuleType)) or is_enum_member(value):
            return self._number(value)
        if isinstance(value, type):
            return installed_class(value, self._shared.installed) or self._number(value)
        if isinstance(value, MethodType):
            return f"method {self._text(value.__func__)} of {self._text(value.__self__)}"
        if isinstance(value, (partial, partialmethod)):
            return f"partial {self._texts((value.func, value.args, value.keywords))}"
        if isinstance(value, (staticmethod, classmethod)):
            return f"{type(value).__name__} {self._text(value.__func__)}"
        if isinstance(value, property):
            return f"property {self._texts((value.fget, value.fset, value.fdel))}"
        if isinstance(value, cached_property):
            return f"cached_property {self._text(value.func)}"
        if type(value) in (list, tuple, set, frozenset, dict):
            return self._collection(value)
        return self._number(value)

    def _texts(self, values: Iterable[Any]) -> str:
        return f"[{', '.join(map(self._text, values))}]"

    def _collection(self, value: Any) -> str:
        if id(value) in self._open:
            return f"itself {len(self._open) - self._open.index(id(value))}"
        self._open.append(id(value))
        try:
            return self._entries(value)
        finally:
            self._open.pop()

    def _entries(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = list(value.items())
            if not self._ordered:
                pairs.sort(key=lambda pair: sorting_text(pair[0]))
            return f"{{{', '.join(f'{self._text(k)}: {self._text(v)}' for k, v in pairs)}}}"
        if isinstance(value, (set, frozenset)):
            return f"set {self._texts(sorted(value, key=sorting_text))}"
        return self._texts(value)

    def _number(self, value: Any) -> str:
        if id(value) not in self._numbers:
            if len(self._met) >= self._shared.most:
                self._too_many = True
                return f"a {type(value).__qualname__}"
            self._numbers[id(value)] = len(self._met)
            self._met.append(value)
            self._waiting.append(value)
        return f"#{self._numbers[id(value)]}"

    def _body(self, value: Any) -> Iterator[str]:
        if isinstance(value, FunctionType):
            yield from self._function(value)
        elif isinstance(value, ModuleType):
            yield from self._module(value)
        elif isinstance(value, type):
            yield f"class {value.__qualname__} {self._texts((type(value), value.__bases__))}"
            yield from self._named(variables_of(value))
        elif is_enum_member(value):
            yield f"member {value.name} {self._texts((type(value), value.value))}"
        elif is_opaque(value):
            yield f"a {type(value).__qualname__}"
        else:
            yield f"instance {self._text(type(value))}"
            yield from self._named(state_of(value))

    def _named(self, values: Mapping[str, Any]) -> Iterator[str]:
        for name in sorted(values):
            yield f"{name} {self._text(values[name])}"

    def _function(self, function: FunctionType) -> Iterator[str]:
        code = function.__code__
        installed = self._shared.installed(code.co_filename)
        yield f"function {installed or ''} {function.__module__} {function.__qualname__}"
        cells = zip(code.co_freevars, function.__closure__ or (), strict=True)
        yield from self._named({name: content_of(cell) for name, cell in cells})
        yield from self._named(vars(function))
        if installed is not None:
            return
        text = self._shared.code_text(code)
        yield text.text
        yield self._texts((function.__defaults__, function.__kwdefaults__))
        self._docstrings_count |= text.reads_docstrings
        self._docstrings.append(docstring(code, function.__doc__))
        for load in text.loads:
            yield from self._global(function.__globals__, load.name, load.attributes)
        for found in text.imports:
            yield from self._import(function.__globals__, found)

    def _global(self, names: Mapping[str, Any], name: str, parts: Iterable[str]) -> Iterator[str]:
        value = names[name] if name in names else getattr(builtins, name, None)
        if value is None or value is names:
            return
        for part in parts:
            if not isinstance(value, ModuleType) or self._version(value) is not None:
                break
            name = f"{name}.{part}"
            value = vars(value).get(part)
        yield f"{name} is {self._text(value)}"

    def _module(self, module: ModuleType) -> Iterator[str]:
        version = self._version(module)
        yield f"module {module.__name__} {version or ''}"
        if version is None:
            own = {name: value for name, value in vars(module).items() if name[:2] != "__"}
            yield from self._named(own)

    def _version(self, module: ModuleType) -> str | None:
        file = getattr(module, "__file__", None)
        if file is None:
            file = next(iter(getattr(module, "__path__", ())), "<built in>")
        return self._shared.installed(file)

    def _import(self, names: Mapping[str, Any], found: Import) -> Iterator[str]:
        """What a function imports when it runs, if it is loaded already.

        If it is not, it is seen when the function runs for a tutorial.
        """
        package = str(names.get("__package__") or "").split(".")
        above = package[: len(package) - found.level + 1] if found.level else []
        module = sys.modules.get(".".join(filter(None, (*above, found.module))))
        for name in found.names if module is not None and "*" not in found.names else ():
            yield from self._global(vars(module), name, ())
        if module is not None and (not found.names or "*" in found.names):
            yield f"imports {self._text(module)}"
