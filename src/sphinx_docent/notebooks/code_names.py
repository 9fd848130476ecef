"""What a tutorial's code imports and names, read without running it. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator


def imported_modules(sources: Iterable[str]) -> frozenset[str]:
    """The top-level names of the modules that some cells import."""
    return frozenset(name for source in sources for name in _imported(source))


def names_file(sources: Iterable[str]) -> bool:
    """Whether some cell asks for ``__file__``, which no notebook has."""
    return any(
        isinstance(node, ast.Name) and node.id == "__file__"
        for source in sources
        for node in _nodes(source)
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
