"""Maps the lines of a notebook's cells to lines of the tutorial's script. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..gallery.comments import uncommented


def find_lines(source: str, rows: Sequence[str], first: int) -> tuple[int, ...]:
    """Where the lines of a cell stand in the script: each below the one before.

    :param rows: all lines of the script.
    :param first: where the cell's block begins.
    """
    numbers: list[int] = []
    at = first
    for row in source.splitlines() or [""]:
        wanted = uncommented(row)
        below = range(at, len(rows) + 1)
        found = next((number for number in below if uncommented(rows[number - 1]) == wanted), None)
        numbers.append(found or min(at, max(len(rows), 1)))
        at = found + 1 if found else at
    return tuple(numbers)


def script_line(lines: Sequence[int], number: int) -> int:
    """The script's line of a line of a cell, both 1-based; 1 for cells not the script's own.

    :param lines: as :func:`find_lines` gives them, or the first alone, or none.
    """
    return lines[min(max(number, 1), len(lines)) - 1] if lines else 1
