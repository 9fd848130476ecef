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


def test_a_cell_keeps_its_id_while_others_change() -> None:
    def ids(*cells: Cell) -> list[str]:
        return [cell["id"] for cell in as_notebook(cells, {})["cells"]]

    code, same = Cell("code", "a = 1"), Cell("code", "a = 1", lines=(9,))
    note = Cell("markdown", 'See <sup><a id="id1" name="id1"></a>[[1]](#id4)</sup>', "text")
    later = Cell("markdown", 'See <sup><a id="id2" name="id2"></a>[[1]](#id7)</sup>', "text")
    before = ids(Cell("markdown", "One", "text"), code, note)
    after = ids(Cell("markdown", "Two", "text"), Cell("code", "b"), code, later)
    assert after[2:] == before[1:]
    assert before[0] != after[0]
    assert len(set(ids(code, same, same))) == 3
