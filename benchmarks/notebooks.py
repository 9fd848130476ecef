"""What looking through the text of many notebooks costs, with the pictures that they hold."""

from __future__ import annotations

import base64
import random
import time
from functools import partial
from pathlib import Path

import builds  # noqa: F401  (our sources are found after it)

from sphinx_docent.notebook_runs.results import Leftover, NotebookResults
from sphinx_docent.notebooks.cells import Cell
from sphinx_docent.notebooks.ipynb import as_bytes, as_notebook
from sphinx_docent.notebooks.rst_leftovers import find_rst_leftovers

NOTEBOOKS = 1000
PICTURES = 20 * 2**20
"""Bytes of all pictures together."""

_TEXT = "Some *text* with `code`, $x^2$ and [a link](https://e.org).\n\n" * 40


def seconds_for_texts(folder: Path) -> tuple[float, float]:
    """Look through all notebooks once, and once more with what was kept.

    :returns: seconds of each.
    """
    source = random.Random(0)
    each = PICTURES // NOTEBOOKS
    notebooks = [_cells(source.randbytes(each)) for _ in range(NOTEBOOKS)]
    files = [as_bytes(as_notebook(cells, {})) for cells in notebooks]
    results = NotebookResults(folder / "results", 3600, time.time())
    measured = []
    for _ in range(2):
        began = time.perf_counter()
        for cells, data in zip(notebooks, files, strict=True):
            if results.leftovers(data, partial(_find, cells)):
                raise SystemExit("reST was found where there is none")
        measured.append(time.perf_counter() - began)
    return measured[0], measured[1]


def notebooks_table(folder: Path) -> str:
    """The rows, in Markdown."""
    first, again = seconds_for_texts(folder)
    name = f"checking the text of {NOTEBOOKS:,} notebooks, {PICTURES // 2**20} MB of pictures"
    lines = ["| what | seconds |", "|---|---|", f"| {name} | {first:.2f} |"]
    lines.append(f"| the same, with what was kept | {again:.2f} |")
    return "\n".join(lines)


def _cells(picture: bytes) -> tuple[Cell, ...]:
    image = f"![A picture](data:image/png;base64,{base64.b64encode(picture).decode()})"
    text = Cell("markdown", f"# Title\n\n{_TEXT}\n\n{image}", "text")
    return (text, Cell("code", "x = 1"))


def _find(cells: tuple[Cell, ...]) -> list[Leftover]:
    return [
        (number, found.row, found.kind, found.text)
        for number, cell in enumerate(cells)
        if cell.kind == "markdown"
        for found in find_rst_leftovers(cell.source)
    ]
