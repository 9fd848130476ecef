"""How the parts of a line of Markdown are put together. Pure strings."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .escaping import escaped


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: Markdown; or text still to be escaped; or Markdown to put marks around."""

    text: str
    is_plain: bool = False
    mark: str = ""

    @property
    def start(self) -> str:
        return self.mark or self.text

    @property
    def end(self) -> str:
        return self.mark[-1:] or self.text[-1:]


def assembled(pieces: Sequence[Piece], in_link: bool) -> str:
    """The pieces as one line, each written as its neighbours allow."""
    line = ""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1].end if number else ""
        after = pieces[number + 1].start if number + 1 < len(pieces) else ""
        text = piece.text
        if piece.is_plain:
            text = escaped(text, before, after, in_link=in_link)
        elif piece.mark:
            text = wrapped(text, piece.mark, before, after)
        if text[:1] == line[-1:] and text[:1] in ("`", "$", "*"):
            line += "<!-- -->"
        line += text
    return line


def wrapped(text: str, mark: str, before: str = "", after: str = "") -> str:
    """The text in emphasis (``*``) or strong (``**``), as HTML where the marks would not count."""
    inner = text.strip(" ")
    if inner != text:
        left, _, right = text.partition(inner) if inner else (text, "", "")
        return left + wrapped(inner, mark, left or before, right or after) + right
    if not text:
        return ""
    clear = _sets_apart(before[-1:]) and _sets_apart(after[:1])
    if clear and not re.search(r"(?<!\\)\*", text):
        return f"{mark}{text}{mark}"
    tag = "em" if mark == "*" else "strong"
    return f"<{tag}>{text}</{tag}>"


def _sets_apart(char: str) -> bool:
    return char not in ("*", "~") and (
        not char
        or char.isspace()
        or char in string.punctuation
        or unicodedata.category(char)[0] == "P"
    )
