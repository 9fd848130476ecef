"""Notebooks have their pages' outputs, where that is wanted."""

from __future__ import annotations

import pytest
from tests.helpers.notebooks import notebook
from tests.helpers.sites import ALL, Site

pytestmark = pytest.mark.site

CODE = """\
import matplotlib.pyplot as plt

plt.plot([1, 2])
print("line")

# %%
# Then:


class Table:
    def _repr_html_(self):
        return "<b>cell</b>"


Table()

# %%
for number in range(2):
    plt.figure()
    plt.plot([number])

# %%
quiet = 1
"""


def test_they_have_what_the_page_shows(site: Site) -> None:
    site.with_matplotlib()
    site.configure("docent_notebook_outputs = True\n")
    site.tutorial("one", CODE)
    build = site.build("-W", *ALL)
    assert build.code == 0, build.output
    content = notebook(build, "one")
    shown = [cell["outputs"] for cell in content["cells"] if cell["cell_type"] == "code"]
    assert shown[0] == [{"output_type": "stream", "name": "stdout", "text": ["output of one\n"]}]
    picture, printed = shown[1]
    assert picture["output_type"] == "display_data"
    assert picture["data"]["image/png"].startswith("iVBORw0KGgo")
    assert printed["text"] == ["line\n"]
    (table,) = shown[2]
    assert "<b>cell</b>\n" in table["data"]["text/html"]
    assert [list(output["data"]) for output in shown[3]] == [["image/png", "text/plain"]] * 2
    assert shown[4] == []
    rebuilt = site.build("-E", *ALL, out="rebuilt")
    assert rebuilt.runs == []
    assert notebook(rebuilt, "one") == content


def test_they_have_none_by_default(site: Site) -> None:
    site.tutorial("one", 'print("line")')
    cells = notebook(site.build(*ALL), "one")["cells"]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")
