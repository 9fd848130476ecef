"""What a tutorial's code imports and names, read without running it. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator


def imported_modules(sources: Iterable[str]) -> frozenset[str]:
    """The top-level names of the modules that some cells import."""
    return frozenset(name for source in sources for name in _imported(source))


def lines_with_file(source: str) -> list[int]:
    """Where a script asks for ``__file__`` and does not see to it that there may be none."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    everything = list(ast.walk(module))
    guards = (node for node in everything if isinstance(node, ast.Try | ast.If | ast.IfExp))
    guarded = {name for node in guards for name in ast.walk(node)}
    return sorted(
        node.lineno
        for node in everything
        if isinstance(node, ast.Name) and node.id == "__file__" and node not in guarded
    )


def _imported(source: str) -> Iterator[str]:
    for node in _nodes(source):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _nodes(source: str) -> Iterator[ast.AST]:
    """The syntax of a cell; magics and commands of the shell are passed over."""
    plain = re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source)
    try:
        yield from ast.walk(ast.parse(plain))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
