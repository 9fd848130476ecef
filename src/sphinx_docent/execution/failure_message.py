"""What a person is told of an exception: its first line, and the line of the tutorial."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from ..machine.requirements import has_package
from ..model import Failure
from ..printable import printable_line, printable_text

_HEADER = "Traceback (most recent call last):"
_FRAME = re.compile(r'  File "(?P<file>.+?)", line (?P<line>\d+)(, in (?P<within>.*))?')
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '(\w+)(?:\.\w+)*'")


def failure_of(formatted: str, source: Path) -> Failure:
    """A failure from the traceback of one exception.

    :param formatted: frames, which are indented, and then what the exception says of itself, which
        may be long and look like anything.
    :param source: the script.
    """
    rows = formatted.strip().split("\n")
    start = next((n for n, row in enumerate(rows) if _says(row)), 0)
    frames = [frame for frame in map(_FRAME.match, rows[:start]) if frame]
    lines = [int(frame["line"]) for frame in frames if frame["file"] == str(source)]
    message = first_line("\n".join(rows[start:]))
    last = frames[-1] if frames else None
    if last and last["file"] == str(source) and last["within"] == "<module>":
        message = _missing_package(message) or message
    return Failure(message, lines[-1] if lines else None, printable_text(formatted))


def first_line(said: str) -> str:
    """The first line of what an exception says, with its type.

    :param said: as the end of a traceback has it, ``Type: message``.
    """
    rows = [row for row in said[:100_000].splitlines() if row.strip()] or ["unknown"]
    if rows[0].rstrip().endswith(":") and len(rows) > 1:
        return printable_line(f"{rows[0].rstrip()} {rows[1]}")  # the message begins with a newline
    return printable_line(rows[0])


def _missing_package(message: str) -> str | None:
    """What it means that a tutorial's own import finds nothing, and what would have it skipped."""
    found = _NO_MODULE.fullmatch(message)
    if found is None or has_package(found[1]):
        return None
    return (
        f"it needs the package {found[1]!r}, which is not installed; to have it skipped where"
        f' that is so, write: # sphinx_gallery_requires = ["{found[1]}"]'
    )


def cannot_be_taken(error: Exception) -> Failure:
    """What it means that sphinx-gallery raises an exception at a script that nobody executes."""
    said = first_line("".join(traceback.format_exception_only(error)))
    return Failure(f"sphinx-gallery cannot take the tutorial: {said}", 1, "")


def _says(row: str) -> bool:
    """Whether a line is the first that the exception says of itself."""
    return bool(row.strip()) and not row.startswith(" ") and row.strip() != _HEADER
