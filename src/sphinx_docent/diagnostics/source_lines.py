"""Finds the line that a person wrote, from the line that Sphinx names.

Sphinx speaks of the generated page, of a line counted within a docstring, or of the beginning
of a paragraph. What helps is the tutorial's own line, the module's, and the word's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from ..gallery.comments import uncommented
from ..gallery.source_text import read_lines
from .docstrings import docstring_lines

_GENERATED = re.compile(r"\.\. GENERATED FROM PYTHON SOURCE LINES (\d+)-(\d+)")
_DOCSTRING = re.compile(r"(?:(.+?):|.*/)?docstring of (\S+?)(?::(\d*))?")
_QUOTED = re.compile(r"""(?<!\w)(['"`])(.+?)\1(?!\w)""")

SourceLine = tuple[Path | None, int]
"""A file, and a line in it (1-based, 0 if unknown)."""


def locate(location: str, message: str, sources: Mapping[Path, Sequence[Path]]) -> SourceLine:
    """Where a warning's cause stands.

    :param location: Sphinx's: ``path``, ``path:line`` or ``path:docstring of name:line``.
    :param message: the warning; what it quotes is looked for near the line.
    :param sources: the files that every generated page was made from.
    """
    path, line, name = split_location(location)
    if path is None:
        return None, 0
    if name is not None:
        return path, _in_docstring(path, name, line, message)
    if path in sources:
        path, line = _in_sources(path, sources[path], line)
    return path, _sharpen(_lines(path), line, message)


def split_location(location: str) -> tuple[Path | None, int, str | None]:
    """A location's parts: the file, the line, and the object whose docstring is meant."""
    if not location:
        return None, 0, None
    if match := _DOCSTRING.fullmatch(location):
        path = Path(match[1]) if match[1] else _module_file(match[2])
        return path, int(match[3] or 0), match[2]
    file, _, line = location.rpartition(":")
    if file and line.isdigit():
        return Path(file), int(line), None
    return Path(location.removesuffix(":")), 0, None


def relative_to_root(place: SourceLine, root: Path) -> tuple[str, int]:
    """A place as people read it: a path from the repository root, and a line.

    A page that is linked into another folder is edited where the link leads.
    """
    path, line = place
    if path is None:
        return "", 0
    absolute = Path(os.path.abspath(path))
    if absolute.is_symlink():
        linked = Path(os.path.realpath(absolute))
        absolute = linked if linked.is_relative_to(root) and linked.is_file() else absolute
    if absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix(), line
    return str(path), line


def sphinx_location(file: str, line: int) -> str | None:
    """A place as Sphinx prints it; without a colon it would be taken for a page's name."""
    return f"{file}:{line or ''}" if file else None


def _module_file(name: str) -> Path | None:
    """The file of the module that an object is in; Sphinx 8.1 does not always name it."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        with suppress(ImportError, ValueError):
            spec = find_spec(".".join(parts[:end]))
            if spec is not None and spec.has_location:
                return Path(spec.origin or "")
    return None


def _in_sources(page: Path, sources: Sequence[Path], line: int) -> tuple[Path, int]:
    """The source, of several, that a line of a generated page was made from."""
    rows = _lines(page)
    text = uncommented(rows[line - 1]) if 0 < line <= len(rows) else ""
    holding = [path for path in sources if text in map(uncommented, _lines(path))] if text else []
    source = (holding or sources)[0]
    return source, _in_source(rows, source, line) if line else 0


def _in_source(rows: Sequence[str], source: Path, line: int) -> int:
    """The tutorial's line that a line of its page was made from."""
    written = _lines(source)
    first, last, expected = 1, len(written), line
    for number in range(min(line, len(rows)), 0, -1):
        if match := _GENERATED.match(rows[number - 1]):
            first, last = int(match[1]), int(match[2])
            expected = first + line - (number + 2)
            break
    text = uncommented(rows[line - 1]) if line <= len(rows) else ""
    same = [
        number
        for number in range(first, min(last, len(written)) + 1)
        if text and uncommented(written[number - 1]) == text
    ]
    if same:
        return min(same, key=lambda number: abs(number - expected))
    return max(first, min(expected, last, len(written)))


def _in_docstring(path: Path, name: str, line: int, message: str) -> int:
    """The file's line of a docstring's line; extensions may have moved the lines within."""
    rows = _lines(path)
    itself = path.parent.name if path.stem == "__init__" else path.stem
    span = docstring_lines("\n".join(rows), itself, name)
    if span is None:
        return _find_quoted(rows, range(1, len(rows) + 1), 1, message) or 0
    first, last = span
    expected = min(first + max(line - 1, 0), last)
    return _find_quoted(rows, range(first, last + 1), expected, message) or expected


def _sharpen(rows: Sequence[str], line: int, message: str) -> int:
    """The line of the paragraph, begun at a line, that holds what the message quotes."""
    if not 0 < line <= len(rows):
        return line
    last = line
    while last < len(rows) and rows[last].strip(" \t#"):
        last += 1
    return _find_quoted(rows, range(line, last + 1), line, message) or line


def _find_quoted(rows: Sequence[str], lines: Iterable[int], near: int, message: str) -> int | None:
    numbers = list(lines)
    for _, words in _QUOTED.findall(message):
        for part in (words, words.rsplit(".", 1)[-1]):
            word = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
            holding = [number for number in numbers if word.search(rows[number - 1])]
            if holding:
                return min(holding, key=lambda number: abs(number - near))
    return None


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> tuple[str, ...]:
    return read_lines(path)


def _lines(path: Path) -> tuple[str, ...]:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return ()
