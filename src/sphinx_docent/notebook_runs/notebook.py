"""A notebook that is to be executed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model import Tutorial
from ..notebooks.cells import Cell


@dataclass(frozen=True, slots=True)
class Notebook:
    """A tutorial's notebook.

    :param expected_by: the setting that says that the tutorial fails; empty if none does.
    """

    tutorial: Tutorial
    file: Path
    cells: tuple[Cell, ...]
    expected_by: str
