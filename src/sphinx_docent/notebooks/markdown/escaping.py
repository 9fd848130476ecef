"""Text so that Markdown shows the same characters, wherever it stands. Pure strings."""

from __future__ import annotations

import re
import string


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
            if rest.startswith(("(", ")", "[", "]", "begin{", "end{")):
                return "<span>&#92;</span>"
            return "&#92;" if special else run
        case "$":
            # JupyterLab looks for formulas in what was rendered, too: not across elements.
            return "".join(r"<span>\$</span>" for _ in run)
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
    entities = re.sub(r"[\\`*_~$<>&!|\[\]]", lambda match: f"&#{ord(match[0])};", text)
    return entities.replace("&#36;", "<span>&#36;</span>")


def alternative(text: str) -> str:
    """The words for an image, which hold no elements."""
    return re.sub(r"<span>(.*?)</span>", r"\1", escaped(text, in_link=True))


def destination(uri: str) -> str:
    return re.sub(r"[\s()<>\\`$|\"]", lambda match: f"%{ord(match[0]):02X}", uri)
