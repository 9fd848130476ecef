"""What in a notebook's Markdown still looks like reST. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .visible_text import CODE, visible_text

_LOOKS = {
    "a directive or a comment": r"^[ >]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\.\.(?:\s.*|$)",
    "a role": rf":[A-Za-z][\w.+-]*(?::[\w.+-]+)?:{CODE}",
    "a link": rf"{CODE}__?(?!\w)",
    "a footnote or a citation": r"\[[#*\w.-]+\]_(?![_\w])",
    "a field": r"^[ >]*:[A-Za-z][\w -]*:(?=\s|$).*",
    "a line below a title": r"^([=~^\"'+#*-])\1{3,}(?:[ \t]+[=~^\"'+#*-]+)*[ \t]*$",
    "a mark before a literal block": r"::[ \t]*$",
}
_PATTERNS = {name: re.compile(pattern, re.MULTILINE) for name, pattern in _LOOKS.items()}


@dataclass(frozen=True, slots=True)
class RstLeftover:
    """One thing that looks like reST.

    :param row: of the text, 1-based.
    :param kind: what it looks like.
    :param text: what stands there.
    """

    row: int
    kind: str
    text: str


def find_rst_leftovers(markdown: str) -> list[RstLeftover]:
    """What looks like reST outside of code and formulas, in order."""
    return sorted(_find(markdown), key=lambda found: (found.row, found.kind))


def _find(markdown: str) -> Iterator[RstLeftover]:
    rows = markdown.split("\n")
    seen = visible_text(markdown)
    for row, marks, content in seen.spans:
        if marks == "``" and "`" not in content:
            literal = " ".join(f"``{content}``".split())
            yield RstLeftover(row, "a literal", literal)
    for kind, pattern in _PATTERNS.items():
        row, at = 1, 0
        for match in pattern.finditer(seen.text):
            row += seen.text.count("\n", at, match.start())
            at = match.start()
            yield RstLeftover(row, kind, rows[row - 1].strip())
