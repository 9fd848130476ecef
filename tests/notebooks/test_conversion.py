"""The text of notebooks: a real site with a tutorial for every construct."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.constructs import BASE, CONSTRUCTS, OTHER
from tests.helpers.notebooks import PIXEL
from tests.helpers.sites import Build, Site

from sphinx_docent.notebooks.rst_leftovers import find_rst_leftovers

CONF = f"""
import os
import sys
sys.path.insert(0, os.path.dirname(__file__))
extensions += ["sphinx_design", "sphinx.ext.intersphinx", "sphinx.ext.mathjax"]
extensions += ["sphinx.ext.autodoc", "sphinx.ext.todo"]
html_baseurl = "{BASE}"
intersphinx_mapping = {{"other": ("{OTHER}", "other.inv")}}
numfig = True
smartquotes = False
rst_epilog = ".. |project| replace:: the project"
"""


PAGE = """\
.. _a-label:

A section
=========

.. py:module:: tool

.. py:function:: run()

.. py:class:: Kind

   .. py:method:: go()

.. glossary::

   tile
      A part.

.. program:: tool

.. option:: --fast

.. envvar:: TOOL

.. _a-figure:

.. figure:: pixel.png

   A figure

.. [Elsewhere] Cited from afar.

:download:`snippet.py`
"""


INVENTORY = """\
remote.call py:function 1 api.html#$ -
remote-label std:label -1 page.html#remote-label A remote section
"""


def inventory(file: Path) -> None:
    head = "# Sphinx inventory version 2\n# Project: other\n# Version: 1\n"
    head += "# The remainder of this file is compressed using zlib.\n"
    file.write_bytes(head.encode() + zlib.compress(INVENTORY.encode()))


@pytest.fixture(scope="module")
def built(make_site: Callable[[], Site]) -> tuple[Site, Build]:
    site = make_site()
    site.configure(CONF)
    site.write("docs/page.rst", PAGE)
    site.replace("docs/index.rst", "   gallery/index\n", "   gallery/index\n   page\n")
    site.write("docs/included.inc", "Included with :ref:`a link <a-label>`.\n")
    site.write("docs/snippet.py", "import os\ndef go():\n    return 1\n")
    work = 'def work(x):\n    """Works on *x*, see :func:`tool.run`."""\n'
    site.write("docs/tool_module.py", work)
    inventory(site.docs / "other.inv")
    (site.docs / "pixel.png").write_bytes(PIXEL)
    for name, (rst, _) in CONSTRUCTS.items():
        site.tutorial(name, text=rst)
    build = site.build("-W", "-D", "docent_execute=none")
    assert build.code == 0, build.output
    return site, build


def text_cells(built: tuple[Site, Build], name: str) -> list[str]:
    """The Markdown of a tutorial's second block."""
    _, build = built
    (file,) = build.out.glob(f"_downloads/*/{name}.ipynb")
    cells = json.loads(file.read_bytes())["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "markdown", "code"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_it_becomes_what_a_person_would_have_written(built: tuple[Site, Build], name: str) -> None:
    wanted = CONSTRUCTS[name][1].replace("BASE", BASE).replace("OTHER", OTHER)
    got = re.sub(r"base64,[\w+/=]+", "base64,PIXEL", text_cells(built, name)[1])
    assert re.sub(r"_downloads/\w+/", "_downloads/DIGEST/", got) == wanted


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_nothing_of_it_looks_like_rest(built: tuple[Site, Build], name: str) -> None:
    for text in text_cells(built, name):
        assert find_rst_leftovers(text) == []
