"""Code as it would be compiled whatever the layout of its source.

The compiler joins and splits instructions by the lines that they stand on. So a file is compiled
once more with each function on one line, and a function is described by that.
"""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import CodeType

_OWN_CODE = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


class Layouts:
    """What is known of the files of one project."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, int], dict[CodeType, CodeType]] = {}

    def without_layout(self, code: CodeType) -> CodeType:
        """A code object without its layout; itself where no file holds its source any more."""
        # Sphinx compiles conf.py as if it began with this import.
        flags = code.co_flags & __future__.annotations.compiler_flag
        key = code.co_filename, flags
        if key not in self._files:
            try:
                self._files[key] = dict(_pairs(Path(code.co_filename).read_bytes(), flags))
            except (OSError, RecursionError, SyntaxError, ValueError):
                self._files[key] = {}
        return self._files[key].get(code, code)


def _pairs(source: bytes, flags: int) -> Iterator[tuple[CodeType, CodeType]]:
    """Each code object of a source, with the one without layout."""
    tree = ast.parse(source)
    own = compile(tree, "", "exec", flags, dont_inherit=True)
    waiting = [(own, compile(_on_lines(tree), "", "exec", flags, dont_inherit=True))]
    while waiting:
        own, plain = waiting.pop()
        yield own, plain
        inner = _inner(own), _inner(plain)
        if len(inner[0]) == len(inner[1]):
            waiting += zip(*inner, strict=True)


def _inner(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


def _on_lines(tree: ast.Module) -> ast.Module:
    """Put all of a function on one line, and each function on another."""
    lines = count(2)
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, line = waiting.pop()
        if isinstance(node, _OWN_CODE):
            line = next(lines)
        if hasattr(node, "lineno"):
            vars(node).update(lineno=line, end_lineno=line, col_offset=0, end_col_offset=0)
        waiting += [(child, line) for child in ast.iter_child_nodes(node)]
    return tree
