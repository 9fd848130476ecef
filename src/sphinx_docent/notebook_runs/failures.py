"""What went wrong in a notebook, told in the tutorial's own lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..execution.failure_message import first_line
from ..model import Failure
from ..notebooks.cells import Cell
from ..printable import printable_line, printable_text
from .request import CellError, NotebookAnswer

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FRAME = re.compile(r"\bCell In ?\[(\d+)\], line (\d+)")
_LINES = 20


def failure_of(
    answer: NotebookAnswer,
    cells: Sequence[Cell],
    tutorial: str,
    tail: str = "",
) -> Failure | None:
    """Why a notebook failed, ``None`` if it did not.

    :param answer: of the process that has executed it.
    :param cells: of the notebook.
    :param tutorial: the tutorial's path, for tracebacks.
    :param tail: the last that the notebook printed.
    """
    error = answer["error"]
    if error is None:
        return None
    cell = cells[error["cell"]]
    if "stopped" in error:
        return stopped(cell, error["stopped"], tail)
    if cell.source.startswith("%%shell") or _is_of_pip(error):
        return _shell_failure(cell, str(error["value"]), _plain(error["printed"]))
    places = _places(error, cells, answer["counts"])
    value = _plain(error["value"]).rstrip()
    said = f"{error['name']}: {value}" if value.strip() else str(error["name"])
    rows = ["Traceback (most recent call last):"]
    for place, number in places:
        text = place.source.splitlines()[number - 1].strip()
        rows += [f'  File "{tutorial}", line {place.line(number)}', f"    {text}"]
    line = places[-1][0].line(places[-1][1]) if places else cell.line(1)
    message = _of_role(cell, first_line(said))
    return Failure(message, line, printable_text("\n".join([*rows, said])))


def stopped(cell: Cell, reason: str, tail: str) -> Failure:
    """A notebook that was ended while a cell ran.

    :param tail: the last that it printed.
    """
    shown = _last_lines(_plain(tail))
    text = f"{reason}\n\nthe last lines of its output:\n{shown}" if shown else reason
    return Failure(_of_role(cell, reason), cell.line(1), text)


def _shell_failure(cell: Cell, value: str, printed: str) -> Failure:
    """Commands failed: the first error that they printed says why, else the last line."""
    shown = _last_lines(printed)
    rows = shown.splitlines()
    errors = [row for row in rows if row.lower().startswith("error")]
    told = errors[0] if errors else (rows or ["it printed nothing"])[-1]
    status = re.search(r"exit status (\d+)", value)
    code = f" with exit code {status[1]}" if status else ""
    magic = "%pip" if "'%pip'" in value else "%%shell"
    what = "" if cell.role == "install" else f"{magic} failed{code}: "
    text = f"{cell.source}\n\n{shown}" if shown else cell.source
    return Failure(_of_role(cell, f"{what}{told.strip()}"), cell.line(1), text)


def _is_of_pip(error: CellError) -> bool:
    return error["name"] == "CalledProcessError" and "'%pip'" in error["value"]


def _of_role(cell: Cell, message: str) -> str:
    names = {"install": "the install cell failed: ", "gpu": "the check for a GPU failed: "}
    return printable_line(f"{names.get(cell.role, '')}{message}")


def _places(
    error: CellError, cells: Sequence[Cell], counts: Mapping[str, int]
) -> list[tuple[Cell, int]]:
    """The lines of the tutorial's own cells in a traceback, the outermost first."""
    places = []
    for part in error["traceback"]:
        for count, line in _FRAME.findall(_plain(part)):
            index = counts.get(count)
            if index is not None and 0 < int(line) <= len(cells[index].source.splitlines()):
                places.append((cells[index], int(line)))
    return places


def _plain(text: str) -> str:
    return _COLOUR.sub("", text)


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-_LINES:])
