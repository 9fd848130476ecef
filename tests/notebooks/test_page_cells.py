"""A page's blocks become cells in their order: text cut where a magic is, code as it is."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from sphinx_docent.model import Block
from sphinx_docent.notebooks.cells import Cell
from sphinx_docent.notebooks.conversion import Reader, make_cells
from sphinx_docent.notebooks.magics import take_magics

ROWS = '''\
"""
Title
"""
x = 1

# %%
# Before.
#
# .. code-block:: bash
#
#     %%shell
#     ls
#
# After.
y = 2'''.splitlines()
BLOCKS = [Block(None, 1), Block("x = 1\n", 4), Block(None, 7), Block("y = 2", 15)]


def generated(lines: str) -> nodes.comment:
    """What sphinx-gallery writes before each block but the first."""
    return nodes.comment("", f"GENERATED FROM PYTHON SOURCE LINES {lines}")


def page() -> nodes.document:
    """The page of the script above, as sphinx-gallery writes it."""
    note = nodes.note("", nodes.paragraph("", "Go to the end"), classes=["sphx-glr-download-link"])
    magic = nodes.literal_block("", "%%shell\nls", language="bash")
    text = [nodes.paragraph("", "Before."), magic, nodes.paragraph("", "After.")]
    footer = nodes.container("", nodes.paragraph("", "Download"), classes=["sphx-glr-footer"])
    section = nodes.section("", nodes.title("", "Title"), generated("4"), generated("7"), *text)
    section.extend([generated("15"), nodes.literal_block("", "y = 2"), footer])
    document = new_document("page")
    document.extend([note, section])
    take_magics(document)
    return document


def test_each_block_is_a_cell_at_its_line() -> None:
    cells = make_cells(page(), BLOCKS, ROWS, Reader(lambda _: None, lambda _: ""))
    assert cells == [
        Cell("markdown", "# Title", "text", (1,)),
        Cell("code", "x = 1", lines=(4,)),
        Cell("markdown", "Before.", "text", (7,)),
        Cell("code", "%%shell\nls", lines=(11, 12)),
        Cell("markdown", "After.", "text", (12,)),
        Cell("code", "y = 2", lines=(15,)),
    ]
