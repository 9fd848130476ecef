"""A block that begins with a cell magic is a code cell of the notebook, and plain on the page."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from tests.helpers.notebooks import cells
from tests.helpers.sites import NONE, Build, Site

from sphinx_docent.notebooks.magics import forget_magics, magic_cell, split_magics, take_magics
from sphinx_docent.notebooks.setup_cells import SHELL_MAGIC


def block(text: str, **attributes: Any) -> nodes.literal_block:
    return nodes.literal_block(text, text, **attributes)


def document(*children: nodes.Node) -> nodes.document:
    found = new_document("page")
    found.extend(children)
    return found


@pytest.mark.parametrize("first", ["%%shell", "%%timeit -n 3", "%%bash  "])
def test_a_magic_line_is_taken_from_its_block_and_kept_for_the_cell(first: str) -> None:
    found = block(f"{first}\npip install x\nls")
    page = document(found)
    take_magics(page)
    assert found.astext() == found.rawsource == "pip install x\nls"
    assert magic_cell(found) == f"{first.rstrip()}\npip install x\nls"
    forget_magics(page)
    assert magic_cell(found) is None
    assert found["classes"] == []


@pytest.mark.parametrize("text", ["%time x", "int x = 5 %% 3;", "%% if jinja", "x\n%%shell", "%%"])
def test_what_begins_with_no_magic_is_left_alone(text: str) -> None:
    found = block(text)
    take_magics(document(found))
    assert found.astext() == text
    assert magic_cell(found) is None


def test_emphasized_lines_move_with_the_code() -> None:
    found = block("%%time\nsecond\nthird", highlight_args={"hl_lines": [1, 3]})
    take_magics(document(found))
    assert found["highlight_args"]["hl_lines"] == [2]


def test_blocks_with_a_magic_are_cells_of_their_own() -> None:
    magic, plain = block("%%shell\nls"), block("x = 1")
    note = nodes.note("", nodes.paragraph("", "See:"), magic, plain)
    take_magics(document(note))
    assert split_magics(plain) == (plain, [])
    assert split_magics(magic) == (None, ["%%shell\nls"])
    rest, cells = split_magics(note)
    assert cells == ["%%shell\nls"]
    assert rest is not None
    assert [child.astext() for child in rest.children] == ["See:", "x = 1"]
    assert len(note.children) == 3


TEXT = """
Install it:

.. code-block:: bash

    %%shell
    pip install first

Then:

.. code-block:: python
   :caption: A captioned block
   :emphasize-lines: 1, 3
   :linenos:

   %%time
   second = 2
   third = 3

* In a list:

  .. code-block:: bash

      %%shell
      pip install fourth

.. note::

   In a note:

   .. code-block:: bash

      %%shell
      pip install fifth

.. include:: included.inc

.. code-block:: sh
   :emphasize-lines: 1, 3

   %%shell
   echo eighth
   echo emphasized

.. code-block:: cpp

   int x = 5 %% 3;

A template::

   %% if this is Jinja

Options:

.. code-block:: python

   %%timeit -n 3
   sixth = 6

The end, see :ref:`a-label`.
"""


@pytest.fixture(scope="module")
def magic(make_site: Callable[[], Site]) -> tuple[Site, Build]:
    site = make_site()
    site.tutorial("uses", text=TEXT)
    site.tutorial("plain", text="Nothing, see `a page <https://example.org>`_.")
    site.write(
        "docs/tutorials/included.inc",
        "Included:\n\n.. code-block:: bash\n\n   %%shell\n   pip install seventh\n",
    )
    site.write(
        "docs/index.rst",
        """\
        .. _a-label:

        Site
        ====

        .. toctree::

           gallery/index

        .. code-block:: jinja

           %%shell stays
           here
        """,
    )
    site.configure('html_baseurl = "https://docs.example/v1/"\nhtml_copy_source = True\n')
    site.configure('docent_colab = {"repository": "owner/name", "path": "site"}\n')
    # sphinx-gallery copies no file that a tutorial includes.
    site.write("docs/gallery/included.inc", (site.docs / "tutorials/included.inc").read_text())
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output
    return site, build


def test_the_page_shows_the_block_without_its_magic(magic: tuple[Site, Build]) -> None:
    _, build = magic
    text = build.text("gallery/uses")
    for word in ("first", "fourth", "fifth", "seventh"):
        assert f"pip install {word}" in text
    for word in ("%%shell", "%%time", "%%timeit"):
        assert word not in text
    assert "A captioned block" in text
    assert "docent-magic" not in build.html("gallery/uses")


def test_emphasized_lines_and_numbers_move_with_the_code(magic: tuple[Site, Build]) -> None:
    _, build = magic
    lines = re.findall(r'<span class="hll">(.*?)</span>\n', build.html("gallery/uses"), re.S)
    shown = [re.sub(r"<[^>]+>", "", line) for line in lines]
    assert "echo emphasized" in shown[-1]
    assert "eighth" not in "".join(shown)
    assert "second" not in "".join(shown)


def test_other_blocks_and_other_pages_stay_as_they_are(magic: tuple[Site, Build]) -> None:
    _, build = magic
    assert "%%shell stays" in build.text("index")
    text = build.text("gallery/uses")
    assert "int x = 5 %% 3;" in text
    assert "%% if this is Jinja" in text


def test_the_notebook_has_a_code_cell_for_each_in_its_place(magic: tuple[Site, Build]) -> None:
    _, build = magic
    found = cells(build.out / "_notebooks/gallery/uses.ipynb")
    sources = [source for kind, source in found if kind == "code"]
    assert sources[0] == SHELL_MAGIC
    assert sources[1].startswith("import os")
    assert sources[2:] == [
        "%%shell\npip install first",
        "%%time\nsecond = 2\nthird = 3",
        "%%shell\npip install fourth",
        "%%shell\npip install fifth",
        "%%shell\npip install seventh",
        "%%shell\necho eighth\necho emphasized",
        "%%timeit -n 3\nsixth = 6",
        "done = True",
    ]
    text = "\n\n".join(source for kind, source in found if kind == "markdown")
    assert "# Title of uses" in text
    assert "%%shell" not in text
    assert "```cpp\nint x = 5 %% 3;\n```" in text
    assert "```\n%% if this is Jinja\n```" in text
    assert ":ref:" not in text
    assert ".. " not in text
    assert "https://docs.example/v1/index.html#a-label" in text
    order = [index for index, (_, source) in enumerate(found) if "Install it:" in source]
    assert found[order[0] + 1] == ("code", "%%shell\npip install first")


def test_all_downloads_are_that_notebook(magic: tuple[Site, Build]) -> None:
    _, build = magic
    for name in ("uses", "plain"):
        stable = (build.out / f"_notebooks/gallery/{name}.ipynb").read_bytes()
        cells(stable)
        (download,) = build.out.glob(f"_downloads/*/{name}.ipynb")
        assert download.read_bytes() == stable
        (archive,) = build.out.glob(f"_downloads/*/{name}.zip")
        with zipfile.ZipFile(archive) as opened:
            assert opened.testzip() is None
            assert sorted(opened.namelist()) == [f"{name}.ipynb", f"{name}.py"]
            assert opened.read(f"{name}.ipynb") == stable


def test_the_script_that_is_offered_is_the_tutorial(magic: tuple[Site, Build]) -> None:
    site, build = magic
    (script,) = build.out.glob("_downloads/*/uses.py")
    assert script.read_bytes() == (site.docs / "tutorials/uses.py").read_bytes()


def test_notebooks_are_the_same_from_build_to_build(site: Site) -> None:
    site.configure('docent_colab = {"repository": "owner/name"}\n')
    site.tutorial("uses", text=TEXT.replace(".. include:: included.inc", ""))
    site.replace("docs/index.rst", "Site\n", ".. _a-label:\n\nSite\n")
    first = site.build("-E", *NONE, out="one")
    second = site.build("-E", "-j", "2", "-D", "docent_execute=all", out="two")
    name = "_notebooks/gallery/uses.ipynb"
    assert (first.out / name).read_bytes() == (second.out / name).read_bytes()
    assert json.loads((first.out / name).read_bytes())["nbformat"] == 4
