"""A notebook's file is valid, and the same for the same cells."""

from __future__ import annotations

import json

import nbformat

from sphinx_docent.notebooks.cells import Cell
from sphinx_docent.notebooks.ipynb import as_bytes, as_notebook

CELLS = (Cell("markdown", "# Titel ü\n\nText."), Cell("code", "a = 1\nb = 2"), Cell("code", ""))


def test_a_notebook_is_valid_and_holds_the_cells() -> None:
    data = as_bytes(as_notebook(CELLS, {"accelerator": "GPU"}))
    notebook = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(notebook)
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [
        (cell.kind, cell.source) for cell in CELLS
    ]
    assert notebook.metadata.accelerator == "GPU"
    assert notebook.metadata.kernelspec.name == "python3"


def test_the_same_cells_are_the_same_bytes() -> None:
    one, other = ({"colab": {}, "accelerator": "GPU"}, {"accelerator": "GPU", "colab": {}})
    assert as_bytes(as_notebook(CELLS, one)) == as_bytes(as_notebook(CELLS, other))
    assert json.loads(as_bytes(as_notebook((), {})))["cells"] == []
