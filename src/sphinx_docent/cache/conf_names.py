"""Whose an object is that a statement of ``conf.py`` changes or calls."""

from __future__ import annotations

import ast
import builtins
import os
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_DATA = (dict, list, set, str, bytes, int, float, tuple, type(None))
_HARMLESS = (
    *(
        "builtins.print.",
        "builtins.len.",
        "builtins.isinstance.",
        "sys.path.",
        "sys.stderr.",
        "sys.stdout.",
    ),
    *("os.makedirs.", "os.mkdir.", "os.path.", "os.system.", "posix.mkdir.", "posix.system."),
    *("posixpath.", "pathlib.", "shutil.", "subprocess.", "re.", "json.", "ast.", "tomllib."),
    *("docutils.", "logging.", "pygments.", "sphinx."),
)
"""What shows in files or pages only, and not in the process."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names are looked up.

    :param local: names whose values a function has made itself.
    """

    names: dict[str, Any]
    local: frozenset[str] = frozenset()


def is_harmless(node: ast.expr, scope: Scope) -> bool:
    """Whether what is changed or called is ``conf.py``'s own, or shows only in files and pages."""
    root, _ = _chain(node)
    if not isinstance(root, ast.Name):
        return True  # something that was just made: a text, a list
    if root.id in scope.local:
        return True
    if type(_looked_up(root.id, scope)[0]) in _DATA:
        return root.id in scope.names
    return full_name(node, scope).startswith(_HARMLESS)


def full_name(node: ast.expr, scope: Scope) -> str:
    """The name of what is changed or called, from its module or class on, with a dot at its end;
    empty if it has none.
    """
    root, parts = _chain(node)
    if not isinstance(root, ast.Name) or root.id in scope.local:
        return ""
    value, name = _looked_up(root.id, scope)
    if not isinstance(value, ModuleType):
        kind = value if hasattr(value, "__qualname__") else type(value)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if value is os.environ:
            name = "os.environ"
    return f"{'.'.join([name, *parts])}."


def value_of(node: ast.expr, scope: Scope) -> Any:
    """What a dotted name means; ``None`` if that can't be told without running it."""
    root, parts = _chain(node)
    if not isinstance(root, ast.Name) or isinstance(node, (ast.Call, ast.Subscript)):
        return None
    value = None if root.id in scope.local else scope.names.get(root.id)
    for part in parts:
        if not isinstance(value, ModuleType):
            return None
        value = vars(value).get(part)
    return value


def last_name(node: ast.expr) -> str:
    """``c`` of ``a.b.c``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def own_names(function: Function) -> frozenset[str]:
    """The names that a function gives values of its own: not modules, nor what they hold."""
    arguments = [node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)]
    stored = set(arguments)
    foreign: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            stored.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            foreign.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute):
            foreign.update(target.id for target in node.targets if isinstance(target, ast.Name))
        if isinstance(node, ast.Global):
            foreign.update(node.names)
    return frozenset(stored - foreign)


def _chain(node: ast.expr) -> tuple[ast.expr, list[str]]:
    """What ``root.a.b``, ``root["x"].a`` or ``root(x).a`` begins with, and the names after it."""
    parts: list[str] = []
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return node, parts


def _looked_up(name: str, scope: Scope) -> tuple[Any, str]:
    value = scope.names.get(name, getattr(builtins, name, None))
    return value, value.__name__ if isinstance(value, ModuleType) else name
