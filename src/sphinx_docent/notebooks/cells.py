"""The cells of a notebook, and where in the tutorial each of their lines stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["markdown", "code"]
Role = Literal["text", "code", "install", "gpu", "setting"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    :param role: what it is there for; ``setting`` for sphinx-gallery's ``first_notebook_cell``.
    :param lines: of the tutorial, one for each line of the source; of a Markdown cell, the first
        alone; empty for cells that are not the tutorial's own.
    """

    kind: Kind
    source: str
    role: Role = "code"
    lines: tuple[int, ...] = ()

    def line(self, number: int) -> int:
        """The tutorial's line of a line of the cell, both 1-based; 1 for cells not its own."""
        if not self.lines:
            return 1
        return self.lines[min(max(number, 1), len(self.lines)) - 1]


def find_lines(source: str, rows: Sequence[str], first: int) -> tuple[int, ...]:
    """Where the lines of a cell stand: each below the one before.

    :param rows: all lines of the tutorial.
    :param first: where the cell's block begins.
    """
    numbers: list[int] = []
    at = first
    for row in source.splitlines() or [""]:
        wanted = _bare(row)
        below = range(at, len(rows) + 1)
        found = next((number for number in below if _bare(rows[number - 1]) == wanted), None)
        numbers.append(found or min(at, max(len(rows), 1)))
        at = found + 1 if found else at
    return tuple(numbers)


def to_json(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """The cells as they are kept beside a notebook."""
    return [asdict(cell) for cell in cells]


def from_json(data: Iterable[dict[str, Any]]) -> tuple[Cell, ...]:
    """Read what :func:`to_json` gave."""
    return tuple(Cell(**{**entry, "lines": tuple(entry["lines"])}) for entry in data)


def _bare(row: str) -> str:
    return row.strip().lstrip("#").strip()
