"""Markdown as text: what must be escaped where, and how blocks are put together. Pure strings."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def joined(blocks: Iterable[str]) -> str:
    """Blank lines between the blocks; neighbouring lists do not grow together."""
    apart: list[str] = []
    for block in blocks:
        if apart and list_kind(block) and list_kind(block) == list_kind(apart[-1]):
            apart.append("<!-- -->")
        apart.append(block)
    return "\n\n".join(apart)


def list_kind(block: str) -> str:
    marker = re.match(r"(-|\d+[.)])(?:\s|$)", block)
    return marker[1][-1] if marker else ""


def quoted(blocks: Sequence[str]) -> list[str]:
    text = joined(blocks)
    return [re.sub(r"(?m)^(?=(.?))", lambda m: "> " if m[1] else ">", text)] if text else []


def listed(items: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """One list of markers and their blocks, tight if no item needs a blank line."""
    tight = all(_is_tight(blocks) for _, blocks in items)
    rows = []
    for marker, blocks in items:
        body = "\n".join(blocks) if tight else joined(blocks)
        margin = " " * (len(marker) + 1)
        rows.append(f"{marker} " + re.sub(r"\n(?!\n|$)", "\n" + margin, body) if body else marker)
    return [("\n" if tight else "\n\n").join(rows)] if rows else []


def _is_tight(blocks: Sequence[str]) -> bool:
    """Whether the blocks are one, or a text and the kind of list that may follow at once."""
    if any("\n\n" in block or "```" in block for block in blocks):
        return False
    return len(blocks) < 2 or (
        len(blocks) == 2
        and not blocks[0].startswith("<")
        and not list_kind(blocks[0])
        and re.match(r"(-|1[.)]) \S", blocks[1]) is not None
    )


def fenced(code: str, language: str = "") -> list[str]:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
    info = language.split()[0].replace("`", "") if language.strip() else ""
    return ["\n".join([fence + info, code.strip("\n"), fence])]


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


def escaped(text: str, before: str = "", after: str = "", *, in_link: bool = False) -> str:
    """The text so that Markdown shows the same characters.

    :param before: what stands before it in its line, or its last character.
    :param after: what stands after it, or its first characters.
    """

    def escape(match: re.Match[str]) -> str:
        run = match[0]
        return _escaped_run(
            run, text[: match.start()] or before, text[match.end() :] or after, in_link
        )

    return re.sub(_SPECIAL, escape, text)


# The last four: what makes a link of a bare address, in which escapes would not count.
_SPECIAL = (
    r"\*+|_+|~+|[\\`$<&!\[\]]"
    r"|(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)|(?<=www)\."
)


def _escaped_run(run: str, ahead: str, rest: str, in_link: bool) -> str:
    previous, following = ahead[-1:], rest[:1]
    spaced = bool(ahead.strip() and rest.strip()) and previous.isspace() and following.isspace()
    match run[0]:
        case "\\":
            special = not rest.strip() or following in string.punctuation
            return "&#92;" if special or rest.startswith(("begin{", "end{")) else run
        case "*":
            needed = not spaced
        case "_":
            needed = not spaced and not (previous.isalnum() and following.isalnum())
        case "~":
            needed = not spaced and (previous.isalnum() or not following.isalnum())
        case "<":
            needed = re.match(r"[A-Za-z/!?]", rest) is not None
        case "&":
            needed = re.match(r"#?\w+;", rest) is not None
        case "!":
            needed = rest.startswith("[")
        case "[":
            needed = in_link
        case "]":
            if in_link and following == "(":
                return "&#93;"  # marked, the parser of JupyterLab, stumbles over an escape here
            needed = in_link or rest.startswith(("(", "[", ":"))
        case _:
            needed = True
    return "".join(f"\\{char}" for char in run) if needed else run


def line_start(line: str) -> str:
    """The line so that its beginning makes no heading, list, quote, rule, fence or table."""
    line = re.sub(r"^(\d{1,9})(?=[.)](\s|$))", r"\1\\", line)
    special = r"(?=#{1,6}(\s|$)|[-+*](\s|$)|>|~~~|[-=:|][-=:|\s]*$|\[[ xX]\](\s|$))"
    return "\\" + line if re.match(special, line) else line


def on_one_line(latex: str) -> str:
    return " ".join(re.sub(r"(?<!\\)%.*", "", latex).split())


def code_span(text: str) -> str:
    text = re.sub(r"\s*\n\s*", " ", text)
    if not text:
        return ""
    fence = "`" * next(
        n for n in range(1, len(text) + 2) if not re.search(f"(?<!`)`{{{n}}}(?!`)", text)
    )
    padded = (
        text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip())
    )
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def verbatim(text: str) -> str:
    """The text for inside of ``<code>`` or ``<kbd>``, where not every reader minds escapes."""
    return re.sub(r"[\\`*_~$<>&!|\[\]]", lambda match: f"&#{ord(match[0])};", text)


def destination(uri: str) -> str:
    return re.sub(r"[\s()<>\\`$|\"]", lambda match: f"%{ord(match[0]):02X}", uri)
