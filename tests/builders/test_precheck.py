"""The precheck finds what the HTML builder would, and writes no page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.helpers.sites import NONE, Build, Site


def warned(build: Build) -> set[str]:
    """The warnings that a build printed, each with its place."""
    rows = re.findall(r"^(?:(\S+?): )?(?:WARNING|ERROR|CRITICAL): (.*)$", build.output, re.M)
    return {f"{place} {text.strip()}" for place, text in rows}


FAULTS = {
    "unknown lexer": ".. code-block:: nolanguage\n\n   x\n",
    "code that does not lex": ".. code-block:: json\n\n   {x: }\n",
    "missing image": ".. image:: nowhere.png\n",
    "missing download": ":download:`nowhere.zip`\n",
    "missing include": ".. include:: nowhere.inc\n",
    "missing literal include": ".. literalinclude:: nowhere.py\n",
    "duplicate label": ".. _twice:\n\nOne\n---\n\n.. _twice:\n\nTwo\n---\n",
    "label of another page": ".. _genindex-page:\n\nOne\n---\n",
    "unknown role": ":norole:`x`\n",
    "unknown directive": ".. nodirective:: x\n",
    "bad table": "=== ===\na b\n=== ===\nxxxxxxxx\n=== ===\n",
    "bad index entry": ".. index::\n   triple: a; b\n",
    "cross index": ".. index::\n   see: a\n",
    "short underline": "A long title\n---\n",
    "unbalanced": "An *unbalanced word and ``another\n",
    "citation": "See [Nobody99]_.\n\n.. [Someone99] Text.\n",
    "footnote": "See [1]_ and [#named]_.\n",
    "equation": "See :eq:`noequation`.\n\n.. math::\n   :label: here\n\n   x\n",
    "number": "See :numref:`nofigure`.\n",
    "option": ":option:`--nooption`\n",
    "term": ":term:`noterm`\n",
    "page": ":doc:`nopage`\n",
    "python object": ":py:func:`no.function`\n",
    "duplicate object": ".. py:function:: twice()\n\n.. py:function:: twice()\n",
    "bad signature": ".. c:function:: int (\n",
    "toctree": ".. toctree::\n\n   nopage\n   gallery/index\n",
    "hidden toctree": ".. toctree::\n   :hidden:\n\n   untitled\n",
    "only": ".. only:: html\n\n   :ref:`noref`\n\n.. only:: latex\n\n   :ref:`nolatexref`\n",
    "substitution": "A |nosubstitution|.\n",
    "target": "A `nolink`_ and a `link <nolink_>`_.\n",
    "glossary": ".. glossary::\n\n   x\n   y\n      text\n\n   x\n      text\n",
    "option of a directive": ".. image:: x.png\n   :nooption: 3\n",
    "section in a list": "* a\n\n  Title\n  -----\n",
}


@pytest.fixture(scope="module")
def faulty(make_site: Callable[[], Site]) -> Site:
    """Every kind of fault, each on a page of its own."""
    site = make_site()
    site.configure("nitpicky = True\nnumfig = True\n")
    site.write("docs/untitled.rst", "No title.\n")
    for index, (name, text) in enumerate(FAULTS.items()):
        site.write(f"docs/fault{index:02}.rst", f"{name}\n{'=' * len(name)}\n\n{text}")
    site.write("docs/orphan.rst", "Orphan\n======\n")
    pages = "".join(f"   fault{index:02}\n" for index in range(len(FAULTS)))
    site.append("docs/index.rst", pages)
    site.tutorial("one", text=FAULTS["unknown lexer"] + "\n" + FAULTS["unknown role"])
    return site


@pytest.mark.parametrize("theme", ["basic", "alabaster", "sphinx_book_theme"])
def test_a_precheck_warns_as_the_html_builder_does(faulty: Site, theme: str) -> None:
    option = ("-D", f"html_theme={theme}")
    html = faulty.build("-E", *option, *NONE, out=f"html-{theme}")
    check = faulty.precheck("-E", *option, out=f"precheck-{theme}")
    assert check.found == html.found
    assert warned(check) == warned(html)
    files = {found[0] for found in check.found}
    quiet = {"label of another page", "cross index"}
    silent = [
        name
        for index, name in enumerate(FAULTS)
        if f"docs/fault{index:02}.rst" not in files and name not in quiet
    ]
    assert silent in ([], ["hidden toctree"]), check.output
    again = faulty.precheck(*option, out=f"precheck-{theme}")
    assert again.code == 1
    assert again.found == check.found


def test_jobs_do_not_change_what_is_found(faulty: Site) -> None:
    serial = faulty.precheck("-E", out="serial")
    parallel = faulty.precheck("-E", "-j", "2", out="parallel")
    assert parallel.found == serial.found
    assert warned(parallel) == warned(serial)
    assert faulty.precheck("-j", "2", out="parallel").found == serial.found


def test_plain_sphinx_finds_no_other_pages_faulty(faulty: Site) -> None:
    """Nothing that Sphinx itself would say is lost on the way."""
    ours = faulty.build("-E", *NONE, out="ours")
    conf = faulty.docs / "conf.py"
    before = conf.read_text()
    try:
        faulty.replace("docs/conf.py", ', "sphinx_docent"]', "]")
        plain = faulty.build("-E", "-D", "plot_gallery=0", out="plain")
    finally:
        conf.write_text(before)

    def texts(build: Build) -> list[str]:
        rows = re.findall(r"(?:WARNING|ERROR|CRITICAL): (.*)$", build.output, re.M)
        return sorted(str(row).strip() for row in rows if "[docent." not in row)

    assert texts(ours) == texts(plain)


def test_a_precheck_writes_no_page(site: Site) -> None:
    site.tutorial("one")
    build = site.precheck()
    assert build.code == 0, build.output
    assert {path.name for path in build.out.iterdir()} <= {".doctrees", ".buildinfo", "_static"}
    assert "build succeeded" in build.output


def test_a_theme_may_write_a_style_sheet_when_the_build_ends(site: Site) -> None:
    """As pydata-sphinx-theme 0.15 does."""
    site.configure(
        """
        from pathlib import Path

        def write(app, exception):
            (Path(app.outdir) / "_static" / "pygments.css").write_text("")

        def setup(app):
            app.connect("build-finished", write)
        """
    )
    site.tutorial("one")
    for build in (site.precheck(), site.precheck()):
        assert (build.code, build.found) == (0, []), build.output
