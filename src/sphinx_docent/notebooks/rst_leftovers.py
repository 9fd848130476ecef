"""What in a notebook's Markdown still looks like reST. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCED = re.compile(r"(?ms)^([ >]*)(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,}).*?^[ >]*\2`*\s*?$")
_DISPLAY = re.compile(r"(?s)\$\$.*?\$\$|<(pre|style|script|svg)\b.*?</\1>|<!--.*?-->")
_FORMULA = re.compile(r"(?<!\\)\$[^$\n]+(?<!\\)\$")
_SPAN = re.compile(r"(?s)(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_CODE = "\x00"

_LOOKS = {
    "a directive or a comment": r"^[ >]*(?:(?:[-*+]|\d+[.)])\s+)*\.\.(?:\s.*|$)",
    "a role": rf":[A-Za-z][\w.+:-]*:{_CODE}",
    "a link": rf"{_CODE}__?(?!\w)",
    "a footnote or a citation": r"\[[#*\w.-]+\]_(?![_\w])",
    "a field": r"^[ >]*:[A-Za-z][\w -]*:(?=\s|$).*",
    "a line below a title": r"^([=~^\"'+#*-])\1{3,}(?:\s+[=~^\"'+#*-]+)*\s*$",
    "a mark before a literal block": r"\S*::\s*$",
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
    text = _FORMULA.sub(_blank, _DISPLAY.sub(_blank, _FENCED.sub(_blank, markdown)))
    for span in _SPAN.finditer(text):
        if span[1] == "``" and "`" not in span[2]:
            yield RstLeftover(_row(text, span.start()), "a literal", " ".join(span[0].split()))
    text = _SPAN.sub(lambda span: _CODE + _blank(span), text)
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            row = _row(text, match.start())
            yield RstLeftover(row, kind, rows[row - 1].strip())


def _blank(match: re.Match[str]) -> str:
    """Nothing but as many rows."""
    return "\n" * match[0].count("\n")


def _row(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
