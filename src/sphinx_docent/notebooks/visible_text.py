"""What a reader sees of a notebook's Markdown: no code, formulas, markup, addresses. Pure.

Every step takes time that grows with the length of the text alone: a picture that a notebook
holds is a single word of megabytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = "\x00"
"""Stands where a span of code was."""

_FENCE = re.compile(r"([ >]*)(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}|~{3,})")
_OPENING = re.compile(r"\$\$|<(pre|style|script|svg)\b|<!--")
_DATA = re.compile(r"data:[\w/+.-]+(?:;[\w=-]+)*,[^\s\"'()<>]*")
_DESTINATION = re.compile(r"\]\([^()\s]*\)")
_IMAGE = re.compile(r"<img\b[^<>]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_FORMULA = re.compile(r"(?<!\\)\$[^$\n]+(?<!\\)\$")
_TICKS = re.compile(r"(?<!\\)`+")


@dataclass(frozen=True, slots=True)
class VisibleText:
    """Text of as many rows as the Markdown has.

    :param spans: each span of code that was in it: its row, 1-based, its marks, and its content.
    """

    text: str
    spans: tuple[tuple[int, str, str], ...]


def visible_text(markdown: str) -> VisibleText:
    """The text that a reader sees as such."""
    text = _without_displays(_IMAGE.sub("", _without_fences(_DATA.sub("", markdown))))
    text = _DESTINATION.sub("]", _FORMULA.sub("", text))
    text, spans = _without_spans(text)
    return VisibleText(_TAG.sub(_blank, text), tuple(spans))


def _without_fences(markdown: str) -> str:
    rows: list[str] = []
    fence = ""
    for row in markdown.split("\n"):
        if fence:
            mark = row.lstrip(" >").rstrip()
            closes = mark.startswith(fence) and not mark.strip(fence[0])
            fence = "" if closes else fence
            rows.append("")
        elif opened := _FENCE.match(row):
            fence = opened[2]
            rows.append("")
        else:
            rows.append(row)
    return markdown if fence else "\n".join(rows)


def _without_displays(text: str) -> str:
    """Without formulas of their own, comments, and HTML that shows text as it is."""
    parts: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while opened := _OPENING.search(text, at):
        end = f"</{opened[1]}>" if opened[1] else {"$$": "$$", "<!--": "-->"}[opened[0]]
        start = opened.end()
        close = -1 if end in unclosed else text.find(end, start)
        if close < 0:
            unclosed.add(end)
            parts.append(text[at:start])
            at = start
            continue
        parts += [text[at : opened.start()], "\n" * text.count("\n", start, close)]
        at = close + len(end)
    return "".join([*parts, text[at:]])


def _without_spans(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """Without spans of code; a run of backticks ends at the next one of its length."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    following = _next_of_its_length(runs)
    parts: list[str] = []
    spans: list[tuple[int, str, str]] = []
    row, at, number = 1, 0, 0
    while number < len(runs):
        start, end = runs[number]
        partner = following[number]
        if partner is None:
            number += 1
            continue
        content = text[end : runs[partner][0]]
        row += text.count("\n", at, start)
        spans.append((row, text[start:end], content))
        row += content.count("\n")
        parts += [text[at:start], CODE, "\n" * content.count("\n")]
        at = runs[partner][1]
        number = partner + 1
    return "".join([*parts, text[at:]]), spans


def _next_of_its_length(runs: list[tuple[int, int]]) -> list[int | None]:
    """For each run, which later one is the first that is as long."""
    seen: dict[int, int] = {}
    partners: list[int | None] = []
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        partners.append(seen.get(length))
        seen[length] = number
    return partners[::-1]


def _blank(match: re.Match[str]) -> str:
    """Nothing but as many rows."""
    return "\n" * match[0].count("\n")
