"""What a tutorial's source says about itself, and what is wrong with it. Nothing is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

_COMMENT = re.compile(r"[ \t]*#\s*sphinx_gallery_(\w+)(?:\s*=\s*(.+))?")
_OURS = ("requires", "requires_cuda", "timeout", "inputs")
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
    """

    requires: tuple[str, ...]
    timeout: float | None
    inputs: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_script(text: str) -> Script:
    """Read a tutorial's own comments and check its form.

    :param text: the source.
    """
    try:
        module: ast.Module | None = ast.parse(text)
        problems = []
    except (SyntaxError, ValueError) as error:
        module = None
        line = getattr(error, "lineno", None) or 1
        reason = getattr(error, "msg", None) or str(error)
        problems = [Problem(line, "syntax", f"the tutorial does not parse: {reason}")]
    if module is not None:
        problems.extend(_check_title(module))
    requires: set[str] = set()
    timeout: float | None = None
    inputs: set[str] = set()
    for line, key, value in _comments(text, module):
        try:
            if key == "requires":
                requires.update(_names(value))
            elif key == "requires_cuda":
                requires.update({"cuda"} if _flag(value) else ())
            elif key == "timeout":
                timeout = _seconds(value)
            elif key == "inputs":
                inputs.update(_patterns(value))
            elif meant := _looks_like_ours(key):
                problems.append(
                    Problem(
                        line,
                        "comment",
                        f"unknown comment 'sphinx_gallery_{key}'; "
                        f"did you mean 'sphinx_gallery_{meant}'?",
                    )
                )
        except ValueError as error:
            problems.append(Problem(line, "comment", f"sphinx_gallery_{key}: {error}"))
    return Script(tuple(sorted(requires)), timeout, tuple(sorted(inputs)), tuple(problems))


def _comments(text: str, module: ast.Module | None) -> Iterator[tuple[int, str, object]]:
    """Our comments and unknown ones: line, key, value; a value that is no literal is a string."""
    first = _docstring_end(module)
    for number, line in enumerate(text.splitlines(), 1):
        match = _COMMENT.match(line)
        if match and number > first:
            value = match[2]
            try:
                yield number, match[1], ast.literal_eval(value.strip()) if value else True
            except (ValueError, SyntaxError):
                yield number, match[1], value.strip()


def _docstring_end(module: ast.Module | None) -> int:
    if module is None or ast.get_docstring(module) is None:
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


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither True nor False")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise ValueError(f"{value!r} is not a number of seconds above 0")
    return float(value)


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
    underlined = any(_ADORNMENT.fullmatch(row) for row in words[1:])
    if not underlined:
        titleless = all(_ADORNMENT.fullmatch(row) for row in words)
        yield Problem(
            line,
            "title",
            "the tutorial has no title: underline the first paragraph of its docstring",
            blocks=titleless,
        )
