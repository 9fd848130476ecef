"""What a tutorial's source says about itself, and what is wrong with it. Nothing is executed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ..machine.memory import parse_size
from ..model import CUDA

_COMMENT = re.compile(r"[ \t]*#\s*sphinx_gallery_(\w+)(?:\s*=\s*(.+))?")
_SPARE_FRAMES = 100
_TOO_DEEP = object()
_ADORNMENT = re.compile(r"([^\w\s])\1{2,}\s*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a script.

    :param line: 1-based.
    :param category: subtype of the warning.
    :param blocks: whether sphinx-gallery would end the build with an exception.
    """

    line: int
    category: str
    message: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What a tutorial's source declares.

    :param requires: devices and packages, sorted.
    :param timeout: seconds, ``None`` where it declares none.
    :param inputs: patterns of files.
    :param memory: bytes, ``None`` where it declares none.
    :param alone: whether nothing may execute beside it.
    """

    requires: tuple[str, ...] = ()
    timeout: float | None = None
    inputs: tuple[str, ...] = ()
    memory: int | None = None
    alone: bool = False
    problems: tuple[Problem, ...] = ()


def read_script(text: str) -> Script:
    """Read a tutorial's own comments and check its form.

    :param text: the source.
    """
    try:
        module = parse(text)
    except SyntaxError as error:
        reason = f"the tutorial does not parse: {error.msg}"
        return Script(problems=(Problem(error.lineno or 1, "syntax", reason, blocks=True),))
    problems = list(_check_title(module))
    values: dict[str, list[Any]] = {key: [] for key in _OURS}
    for line, key, value in _comments(text, module):
        try:
            if value is _TOO_DEEP:
                words = f"sphinx_gallery_{key}: its value is nested too deeply"
                problems.append(Problem(line, "comment", words, blocks=True))
            elif key in _OURS:
                values[key].append(_OURS[key](value))
            elif meant := _looks_like_ours(key):
                unknown = f"unknown comment 'sphinx_gallery_{key}'; "
                hint = f"did you mean 'sphinx_gallery_{meant}'?"
                problems.append(Problem(line, "comment", unknown + hint))
        except ValueError as error:
            problems.append(Problem(line, "comment", f"sphinx_gallery_{key}: {error}"))
    return Script(
        requires=_united([*values["requires"], *values["requires_cuda"]]),
        timeout=values["timeout"][-1] if values["timeout"] else None,
        inputs=_united(values["inputs"]),
        memory=values["memory"][-1] if values["memory"] else None,
        alone=False in values["parallel"],
        problems=tuple(problems),
    )


def parse(text: str) -> ast.Module:
    """The syntax tree of a script that Python and sphinx-gallery can take.

    :raises SyntaxError: it is none, whatever the reason.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _far_below(_SPARE_FRAMES, text)
    except (ValueError, OverflowError) as error:
        raise SyntaxError(str(error)) from None
    except (RecursionError, MemoryError):
        raise SyntaxError("an expression is nested too deeply") from None


def _far_below(frames: int, text: str) -> ast.Module:
    """Parse with some of the stack used: whoever parses next may be called from deeper within."""
    if frames:
        return _far_below(frames - 1, text)
    module = ast.parse(text)
    # What only compiling finds, such as a return outside of a function.
    compile(module, "<tutorial>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return module


def _united(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({entry for entries in lists for entry in entries}))


def _comments(text: str, module: ast.Module) -> Iterator[tuple[int, str, object]]:
    """Our comments and unknown ones: line, key, value; a value that is no literal is a string."""
    first = _docstring_end(module)
    for number, line in enumerate(text.split("\n"), 1):
        match = _COMMENT.match(line)
        if match and number > first:
            value = match[2]
            try:
                yield number, match[1], ast.literal_eval(value.strip()) if value else True
            except (ValueError, SyntaxError):
                yield number, match[1], value.strip()
            except (RecursionError, MemoryError):
                yield number, match[1], _TOO_DEEP


def _docstring_end(module: ast.Module) -> int:
    if ast.get_docstring(module) is None:
        return 0
    return module.body[0].end_lineno or 0


def _looks_like_ours(key: str) -> str | None:
    for ours in _OURS:
        if key.startswith(ours):
            return ours
    return next(iter(get_close_matches(key, _OURS, 1, 0.75)), None)


def _names(value: object) -> list[str]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not all(
        isinstance(name, str) and re.fullmatch(r"[\w.-]+", name) for name in names
    ):
        raise ValueError(f'{value!r} is not a list of names, as in ["cuda", "torch"]')
    return list(names)


def _patterns(value: object) -> list[str]:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, (list, tuple)) or not all(
        isinstance(pattern, str) and pattern and not pattern.startswith("/") for pattern in patterns
    ):
        raise ValueError(f'{value!r} is not a list of patterns, as in ["data/*.csv"]')
    return list(patterns)


def _cuda(value: object) -> list[str]:
    return [CUDA] if _flag(value) else []


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise ValueError(f"{value!r} is not a number of seconds above 0")
    return float(value)


def _bytes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"{value!r} is not a size, as in '4 GB'")
    return parse_size(str(value))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither True nor False")
    return value


_OURS: Mapping[str, Callable[[object], Any]] = {
    "requires": _names,
    "requires_cuda": _cuda,
    "timeout": _seconds,
    "inputs": _patterns,
    "memory": _bytes,
    "parallel": _flag,
}
"""Reads the value of each comment of ours; raises :class:`ValueError`."""


def _check_title(module: ast.Module) -> Iterator[Problem]:
    docstring = ast.get_docstring(module)
    if not docstring or not docstring.strip():
        yield Problem(
            1,
            "title",
            "the tutorial has no title: begin the file with a docstring whose first "
            "paragraph is an underlined title",
            blocks=True,
        )
        return
    line = module.body[0].lineno
    paragraphs = [
        paragraph
        for paragraph in re.split(r"\n\s*\n", docstring.strip("\n"))
        if not paragraph.startswith(".. ")
    ]
    words = [row for row in paragraphs[0].splitlines() if row.strip()] if paragraphs else []
    if all(_ADORNMENT.fullmatch(row) for row in words):
        yield Problem(
            line,
            "title",
            "the tutorial has no title: underline the first paragraph of its docstring",
            blocks=True,
        )
