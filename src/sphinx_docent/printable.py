"""Text from anywhere in a form that terminals, XML and JSON can hold, and people can read. Pure.

What a tutorial prints, raises or is called may hold anything: commands to a terminal, characters
that XML does not know, halves of characters, millions of letters. Wherever such text leaves the
build, in a report, a log or a warning, it goes through here.
"""

from __future__ import annotations

import re
from typing import Any

# C0 and C1 controls without tab and line feed, lone surrogates, and what XML 1.0 leaves out.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE, _TEXT = 1000, 16_000


def printable(text: str) -> str:
    """A text in which each character that cannot be shown stands as its escape: ``\\x1b``."""
    return _UNPRINTABLE.sub(_escape, text.replace("\r\n", "\n"))


def printable_name(name: str) -> str:
    """A file's name as one printable word: line ends and tabs are escaped as well."""
    return re.sub(r"[\t\n\r]", _escape, _UNPRINTABLE.sub(_escape, name))


def printable_line(text: str) -> str:
    """A text as one printable line, cut where it is very long."""
    shown = " ".join(printable(text[: 2 * _LINE]).split())
    left_out = max(0, len(text) - 2 * _LINE) + max(0, len(shown) - _LINE)
    return f"{shown[:_LINE]}… ({left_out} more characters)" if left_out else shown


def printable_text(text: str) -> str:
    """A text of several printable lines; of a very long one the beginning and the end."""
    if len(text) > _TEXT:
        half = _TEXT // 2
        text = f"{text[:half]}\n… ({len(text) - 2 * half} characters left out) …\n{text[-half:]}"
    return printable(text)


def printable_data(data: Any) -> Any:
    """Anything that JSON holds, with each text in it printable."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {printable_data(name): printable_data(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable_data(value) for value in data]
    return data


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
