"""The cells of a notebook, and where in the tutorial each of their lines stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from .source_lines import script_line

Kind = Literal["markdown", "code"]
Role = Literal["text", "code", "install", "restart", "shell", "data", "gpu", "setting"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    :param role: what it is there for; ``setting`` for sphinx-gallery's ``first_notebook_cell``.
    :param lines: of the tutorial, one for each line of the source; of a Markdown cell, the first
        alone; empty for cells that are not the tutorial's own.
    :param outputs: what the page shows of them, as nbformat has it.
    """

    kind: Kind
    source: str
    role: Role = "code"
    lines: tuple[int, ...] = ()
    outputs: tuple[dict[str, Any], ...] = ()

    def line(self, number: int) -> int:
        """The tutorial's line of a line of the cell, both 1-based; 1 for cells not its own."""
        return script_line(self.lines, number)


def to_json(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """The cells as they are kept beside a notebook, without their outputs."""
    return [asdict(replace(cell, outputs=())) for cell in cells]


def from_json(data: Iterable[dict[str, Any]]) -> tuple[Cell, ...]:
    """Read what :func:`to_json` gave."""
    return tuple(Cell(**{**entry, "lines": tuple(entry["lines"]), "outputs": ()}) for entry in data)
