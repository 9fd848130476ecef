"""A notebook that is to be executed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model import Tutorial
from ..notebooks.cells import Cell
from .installs import Installs, installs_of
from .visible_packages import Hidden


@dataclass(frozen=True, slots=True)
class Notebook:
    """A tutorial's notebook.

    :param expected_by: the setting that says that the tutorial fails; empty if none does.
    :param project: canonical name of the documented distribution, empty where there is none.
    """

    tutorial: Tutorial
    file: Path
    cells: tuple[Cell, ...]
    expected_by: str
    project: str = ""

    @property
    def installs(self) -> Installs:
        """What it installs."""
        return installs_of(self.cells)

    @property
    def hidden(self) -> Hidden:
        """The packages that its kernel must not see."""
        return Hidden(self.installs.names | ({self.project} if self.project else set()))
