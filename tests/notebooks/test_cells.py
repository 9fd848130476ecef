"""Every line of a cell knows where it stands in the tutorial."""

from __future__ import annotations

from sphinx_docent.notebooks.cells import Cell, from_json, to_json
from sphinx_docent.notebooks.source_lines import find_lines

ROWS = '''\
"""
Title
=====
"""
x = 1

# %%
# .. code-block:: bash
#
#     %%shell
#     echo a
#
#     echo a

# sphinx_gallery_requires = ["cuda"]

x = 1
x = 1
if x:

    x = 1'''.splitlines()


def test_each_is_looked_for_below_the_one_before() -> None:
    assert find_lines("x = 1\nx = 1\nif x:\n\n    x = 1", ROWS, 14) == (17, 18, 19, 20, 21)
    assert find_lines("x = 1", ROWS, 5) == (5,)


def test_a_magics_lines_stand_in_comments() -> None:
    assert find_lines("%%shell\necho a\n\necho a", ROWS, 8) == (10, 11, 12, 13)


def test_what_stands_elsewhere_has_the_line_where_it_should_be() -> None:
    assert find_lines("%%shell\nincluded", ROWS, 8) == (10, 11)
    assert find_lines("included", ROWS, 8) == (8,)
    assert find_lines("included", [], 1) == (1,)


def test_cells_can_be_kept() -> None:
    cells = (Cell("code", "a\nb", lines=(3, 4)), Cell("code", "c", "install"))
    assert from_json(to_json(cells)) == cells
    assert [cells[0].line(number) for number in (0, 1, 2, 9)] == [3, 3, 4, 4]
    assert cells[1].line(1) == 1
