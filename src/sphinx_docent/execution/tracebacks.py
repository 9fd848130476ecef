"""Tracebacks as readers need them: the tutorial's lines and what they called, none of ours."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from .hidden_frames import FILE

PACKAGE = f"{Path(__file__).parents[1]}/"
"""How the names of this package's files begin."""

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
