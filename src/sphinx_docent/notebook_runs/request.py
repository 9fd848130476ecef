"""What passes between the build and the process that executes a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .visible_packages import Hidden

BEGUN = "\x1e"
"""Stands in the output where a cell was begun."""


@dataclass(frozen=True, slots=True)
class NotebookRequest:
    """What a process is to do.

    :param notebook: the file.
    :param base: a folder of its own, which is not there yet.
    :param hidden: the packages that its kernel must not see.
    """

    notebook: Path
    base: Path
    hidden: Hidden

    @property
    def reached(self) -> Path:
        """The file that holds the index of the cell that was begun last."""
        return self.base / "reached"


class CellError(TypedDict, total=False):
    """What went wrong in which ``cell``.

    Either ``stopped`` says why the kernel was ended, or the rest is there: the exception's name and
    value, its traceback, and the last that the cell printed.
    """

    cell: int
    stopped: str
    name: str
    value: str
    traceback: list[str]
    printed: str


class NotebookAnswer(TypedDict):
    """How a notebook's execution went, as far as it went; in a form that JSON holds.

    ``peak_memory`` is in bytes; ``counts`` gives the index of the cell by its number ``In[…]``.
    """

    seconds: float
    peak_memory: int
    counts: dict[str, int]
    error: CellError | None
