"""Where the docstring of an object stands in its module. Pure."""

from __future__ import annotations

import ast
from collections.abc import Sequence


def docstring_lines(source: str, itself: str, name: str) -> tuple[int, int] | None:
    """The first and last line of an object's docstring; ``None`` if there is none.

    :param source: of a module.
    :param itself: the module's own name, without those of its packages.
    :param name: of the object, with as many of its packages and modules as are known.
    """
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    parts = tuple(name.split("."))
    # The whole name is a module's only if the file is that module.
    for start in range(len(parts) + (parts[-1] == itself)):
        node = _object(module, parts[start:])
        if node is not None:
            return node.lineno, node.end_lineno or node.lineno
    return None


def _object(module: ast.Module, name: Sequence[str]) -> ast.expr | None:
    """The string that documents an object: its docstring, or the one below an assignment."""
    body: list[ast.stmt] = module.body
    if not name:
        return _string(body[0]) if body else None
    for depth, part in enumerate(name):
        for position, node in enumerate(body):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                if node.name == part:
                    if depth == len(name) - 1:
                        return _string(node.body[0])
                    body = node.body
                    break
            elif depth == len(name) - 1 and part in _targets(node) and position + 1 < len(body):
                return _string(body[position + 1])
        else:
            return None
    return None


def _targets(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _string(node: ast.stmt) -> ast.expr | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return node.value if isinstance(node.value.value, str) else None
    return None
