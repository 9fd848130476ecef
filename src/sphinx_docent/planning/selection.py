"""Which tutorials may execute: ``none``, ``all``, or regular expressions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ..errors import DocentError, nearest


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of tutorials.

    :param text: what was asked for, as it was written.
    :param patterns: searched in a tutorial's path; any match selects it.
    """

    text: str
    patterns: tuple[re.Pattern[str], ...]

    def __contains__(self, path: str) -> bool:
        return any(pattern.search(path) for pattern in self.patterns)


NONE = Selection("none", ())
ALL = Selection("all", (re.compile(""),))


def parse_selection(text: str, origin: str) -> Selection:
    """Read a selection.

    :param text: ``none``, ``all``, or patterns, one on each line.
    :param origin: where the text came from, for the error.
    :raises DocentError: a pattern is no regular expression.
    """
    words = [line.strip() for line in text.splitlines() if line.strip()]
    if words == ["none"]:
        return NONE
    if words == ["all"]:
        return ALL
    if not words:
        raise DocentError(f"{origin} is empty: give 'none', 'all' or a regular expression")
    return Selection(text, tuple(compile_pattern(word, origin) for word in words))


def check_selection(selection: Selection, paths: Collection[str], origin: str) -> None:
    """See that every pattern selects something.

    :param paths: the paths of all tutorials.
    :raises DocentError: a pattern matches none of them.
    """
    if selection in (NONE, ALL):
        return
    for pattern in selection.patterns:
        check_pattern(pattern, paths, origin)


def check_pattern(pattern: re.Pattern[str], paths: Collection[str], origin: str) -> None:
    """See that a pattern finds something.

    :param paths: the paths of all tutorials.
    :raises DocentError: it matches none of them.
    """
    if not any(pattern.search(path) for path in paths):
        literal = pattern.pattern.replace("\\", "")
        hint = ", ".join(nearest(literal, paths)) or "none"
        raise DocentError(
            f"{origin}: the pattern {pattern.pattern!r} matches none of the "
            f"{len(paths)} tutorials; the nearest: {hint}"
        )


def compile_pattern(word: str, origin: str) -> re.Pattern[str]:
    """A regular expression that is searched in tutorials' paths.

    :param origin: where it was given, for the error.
    :raises DocentError: it is none.
    """
    try:
        return re.compile(word)
    except re.error as error:
        raise DocentError(
            f"{origin}: {word!r} is not a regular expression: {error}; "
            "a plain file name needs its dot escaped, as in 'name\\.py'"
        ) from None
