"""Tracebacks as readers need them: the tutorial's lines and what they called, none of ours."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from .hidden_frames import FILE

PACKAGE = f"{Path(__file__).parents[1]}/"
"""How the names of this package's files begin."""

_CHAINED = re.compile(
    r"\n\n(?:During handling of the above exception, another exception occurred"
    r"|The above exception was the direct cause of the following exception):\n\n"
    r"(?=Traceback \(most recent call last\):\n)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FRAME = re.compile(r'(\s*)File "(.*?)", line \d+')


def own_traceback(error: BaseException, source: Path) -> str:
    """The traceback of what a tutorial raised, cut to its own lines and what they called.

    :param source: the script as it was executed.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [i for i, frame in enumerate(frames) if frame.filename.startswith((PACKAGE, FILE))]
    own = [i for i, frame in enumerate(frames) if frame.filename == str(source)]
    first = own[0] if own else len(frames) if ours else 0
    lines = traceback.format_list(frames[first:]) + traceback.format_exception_only(error)
    return without_own_frames("Traceback (most recent call last):\n" + "".join(lines))


def what_and_where(text: str, source: Path) -> tuple[str, int | None]:
    """The first line of what an error says, and the tutorial's last line on the way to it.

    :param text: a traceback; of errors that led to each other, the last one counts.
    """
    block = _CHAINED.split(text)[-1].strip()
    frames, error = block, ""
    for line in block.splitlines()[1:]:
        if line and not line[0].isspace():
            frames, error = block[: block.index(f"\n{line}")], line
            break
    lines = re.findall(rf'File "{re.escape(str(source))}", line (\d+)', frames)
    return error or text.strip().splitlines()[-1], int(lines[-1]) if lines else None


def printable(text: str) -> str:
    """A text without control characters, and without halves of characters."""
    whole = text.encode("utf-8", "backslashreplace").decode()
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), whole)


def without_own_frames(text: str) -> str:
    """A text in which tracebacks do not show this package."""
    if PACKAGE not in text and FILE not in text:
        return text
    kept: list[str] = []
    hidden: int | None = None  # the indentation of a frame that is not shown
    for line in text.splitlines(keepends=True):
        frame = _FRAME.match(line)
        if frame:
            hidden = len(frame[1]) if frame[2].startswith((PACKAGE, FILE)) else None
        elif hidden is not None and len(line) - len(line.lstrip()) <= hidden:
            hidden = None
        if hidden is None:
            kept.append(line)
    return "".join(kept)
