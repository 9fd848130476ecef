"""What is wrong is found at its own line, every time, until it is mended."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
import sphinx

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.sites import Build, Site

NONE = ("-D", "docent_execute=none")

PACKAGE = '''\
"""The package.

It refers to :ref:`broken-in-module`.
"""


def function(x):
    """A function.

    The first line of a paragraph
    that refers to :ref:`broken-in-function`.

    :param x: see :ref:`broken-in-field`.
    """


class Thing:
    """A thing."""

    def method(self):
        """A method.

        See :ref:`broken-in-method`.
        """

    size = 3
    """Its size, see :ref:`broken-in-attribute`."""
'''


def with_package(site: Site, *extensions: str) -> None:
    site.write("lib/pack.py", PACKAGE)
    names = ["sphinx.ext.autodoc", *extensions]
    site.configure(f'import sys\nsys.path.insert(0, "{site.root}/lib")\nextensions += {names}\n')
    site.write("docs/api.rst", ":orphan:\n\nAPI\n===\n\n.. automodule:: pack\n   :members:\n")


def warned(build: Build) -> set[str]:
    """The warnings that a build printed, each with its place."""
    rows = re.findall(r"^(?:(\S+?): )?(?:WARNING|ERROR|CRITICAL): (.*)$", build.output, re.M)
    return {f"{place} {text.strip()}" for place, text in rows}


def named(category: str) -> str:
    """The category of a warning that had none in Sphinx 8.1."""
    return category if sphinx.version_info >= (8, 2) else ""


@pytest.mark.parametrize("napoleon", [False, True])
def test_broken_references_are_found_where_they_stand(site: Site, napoleon: bool) -> None:
    with_package(site, *(["sphinx.ext.napoleon"] if napoleon else []))
    site.append("docs/index.rst", "\nA paragraph\nof two lines :ref:`broken-in-page`.\n")
    path = site.tutorial(
        "one",
        text="Some text that\ngoes on to :ref:`broken-in-block`.\n\n.. include:: more.inc",
    )
    site.replace(path, "What one is about.", "What one is about: :ref:`broken-in-intro`.")
    included = "Included, and\nbroken: :ref:`broken-in-include`.\n"
    site.write("docs/tutorials/more.inc", included)
    site.write("docs/gallery/more.inc", included)
    package = ("module", "function", "field", "method", "attribute")
    expected = {
        f"docs/index.rst:{site.line('docs/index.rst', 'broken-in-page')}",
        f"{path}:{site.line(path, 'broken-in-intro')}",
        f"{path}:{site.line(path, 'broken-in-block')}",
        "docs/gallery/more.inc:2",
        *(f"lib/pack.py:{site.line('lib/pack.py', f'broken-in-{word}')}" for word in package),
    }
    first = site.precheck()
    assert first.code == 1
    assert set(first.places) == expected
    assert {found[2] for found in first.found} == {"ref.ref"}
    again = site.precheck()
    assert (again.code, again.found) == (1, first.found)
    assert f"{path}:{site.line(path, 'broken-in-block')}" in again.output
    assert "9 problems, in 4 files" in again.output

    full = site.build(*NONE)
    assert full.code == 0
    assert full.found == first.found
    assert site.build("-W", *NONE).code == 1, "what is known still fails the build"

    for file in ("docs/index.rst", path, "docs/gallery/more.inc", "lib/pack.py"):
        text = (site.root / file).read_text()
        (site.root / file).write_text(re.sub(r":ref:`broken-in-\w+`", "mended", text))
    mended = site.precheck()
    assert (mended.code, mended.found) == (0, []), mended.output
    assert "WARNING" not in mended.output


def test_numbered_and_googled_docstrings_lead_to_their_lines(site: Site) -> None:
    with_package(site, "sphinx.ext.napoleon")
    site.write(
        "lib/pack.py",
        '''\
        def google(x):
            """Summary.

            Args:
                x: see :ref:`broken-arg`.

            Returns:
                Something, see
                :ref:`broken-return`.
            """


        def numpy(x):
            """Summary.

            Parameters
            ----------
            x : int
                See :ref:`broken-parameter`.
            """
        ''',
    )
    build = site.precheck()
    words = ("broken-arg", "broken-return", "broken-parameter")
    expected = {f"lib/pack.py:{site.line('lib/pack.py', word)}" for word in words}
    assert set(build.places) == expected


def test_a_label_that_went_is_missed_where_it_was_used(site: Site) -> None:
    site.write("docs/a.rst", ":orphan:\n\n.. _target:\n\nA\n=\n")
    site.write("docs/b.rst", ":orphan:\n\nB\n=\n\nSee :ref:`target`.\n")
    site.tutorial("uses", text="See :ref:`target`.")
    assert site.precheck().code == 0
    site.replace("docs/a.rst", "_target", "_other")
    broken = site.precheck()
    assert broken.code == 1
    line = site.line("docs/tutorials/uses.py", "target")
    assert set(broken.places) == {"docs/b.rst:6", f"docs/tutorials/uses.py:{line}"}
    assert site.precheck().found == broken.found
    site.replace("docs/a.rst", "_other", "_target")
    assert (site.precheck().code, site.precheck().code) == (0, 0)


def test_a_page_that_went_or_came_changes_what_is_wrong(site: Site) -> None:
    site.write("docs/a.rst", "A\n=\n")
    site.append("docs/index.rst", "   a\n\n:doc:`a`\n")
    assert site.precheck().code == 0
    (site.docs / "a.rst").unlink()
    gone = site.precheck()
    assert gone.code == 1
    assert {found[2] for found in gone.found} == {"toc.not_readable", "ref.doc"}
    assert site.precheck().found == gone.found == site.precheck("-E", out="clean").found
    site.write("docs/a.rst", "A\n=\n")
    assert site.precheck().found == []
    site.replace("docs/index.rst", "   a\n", "")
    orphan = site.precheck()
    assert [found[2] for found in orphan.found] == [named("toc.not_included")]
    assert orphan.found[0][0] == "docs/a.rst"
    again = site.precheck()
    assert again.found == orphan.found
    for build in (orphan, again):
        assert "docs/a.rst:: WARNING: document isn't included" in build.output
        assert "a.rst.rst" not in build.output


def test_one_folder_of_doctrees_for_all_builders(site: Site) -> None:
    doctrees = ("-d", str(site.docs / "_build/doctrees"))
    site.write("docs/a.rst", ":orphan:\n\n.. _target:\n\nA\n=\n")
    site.write("docs/b.rst", ":orphan:\n\nB\n=\n\nSee :ref:`target`.\n")
    site.write("docs/c.rst", ":orphan:\n\nC\n=\n\nSee :ref:`nowhere`.\n")
    site.build(*doctrees, *NONE)
    assert site.precheck(*doctrees).places == ["docs/c.rst:6"]
    site.replace("docs/a.rst", "_target", "_other")
    site.build(*doctrees, *NONE)
    assert site.precheck(*doctrees).places == ["docs/b.rst:6", "docs/c.rst:6"]


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
        return sorted(str(row).strip() for row in rows)

    assert texts(ours) == texts(plain)


def test_warnings_may_be_ignored_with_a_reason(site: Site) -> None:
    site.append("docs/index.rst", "\n:ref:`one` and :ref:`two`\n")
    site.write("docs/other.rst", ":orphan:\n\nOther\n=====\n\n:ref:`two`\n")
    site.configure(
        """
        docent_ignored_warnings = [
            {"pattern": r"undefined label: 'one'", "reason": "comes later"},
            {"pattern": r"^\\[ref\\.ref\\].*two", "file": "other.rst", "reason": "as well"},
            {"pattern": "never said", "reason": "was mended"},
        ]
        """
    )
    for build in (site.precheck(), site.precheck()):
        assert build.code == 1
        assert [found[3] for found in build.found] == ["undefined label: 'two'"]
        assert build.places[0].startswith("docs/index.rst:")
        assert "label: 'one'" not in build.output
        counts = [(entry["pattern"], entry["count"]) for entry in build.report["ignored"]]
        assert [count for _, count in counts] == [1, 1, 0]
        assert build.report["ignored"][0]["reason"] == "comes later"
        assert "nothing matches 'never said' any more; take it out" in build.output
    site.replace("docs/index.rst", ":ref:`two`", "two")
    clean = site.precheck()
    assert (clean.code, clean.found) == (0, []), clean.output
    assert site.build("-W", *NONE).code == 0, "an ignored warning fails no build"


def test_suppressed_warnings_are_no_diagnostics(site: Site) -> None:
    site.append("docs/index.rst", "\n:ref:`one`\n\n.. code-block:: nolanguage\n\n   x\n")
    site.configure('suppress_warnings = ["ref.ref"]\n')
    build = site.precheck()
    assert [found[2] for found in build.found] == [named("misc.highlighting_failure")]
    if sphinx.version_info >= (8, 2):  # before, this warning cannot be suppressed
        site.configure('suppress_warnings = ["ref.*", "misc"]\n')
        assert site.precheck("-E").found == []


def test_shell_blocks_must_begin_with_a_magic_where_notebooks_open_in_colab(site: Site) -> None:
    path = site.tutorial(
        "one",
        text="""
        .. code-block:: bash

           pip install bare

        .. code-block:: sh

           %%bash
           pip install wrong

        .. code-block:: bash

           %%shell
           pip install right
        """,
    )
    site.append("docs/index.rst", "\n.. code-block:: bash\n\n   pip install elsewhere\n")
    assert site.precheck().found == []
    site.configure('docent_colab = {"repository": "a/b"}\n')
    bare = site.line(path, "pip install bare")
    wrong = site.line(path, "%%bash")
    for build in (site.precheck("-E"), site.precheck()):
        assert build.code == 1
        found = {(line, category): message for _, line, category, message in build.found}
        near = sorted(line for line, _ in found)
        assert len(near) == 2
        assert bare - 2 <= near[0] <= bare
        assert wrong - 2 <= near[1] <= wrong
        messages = " ".join(found.values())
        assert "this shell block will not run in Colab; begin it with '%%shell'" in messages
        assert "use '%%shell'" in messages


def test_github_gets_an_annotation_for_each(site: Site) -> None:
    site.append("docs/index.rst", "\n:ref:`one, two: 100%`\n")
    site.tutorial("fails", "1 / 0")
    build = site.build("-D", "docent_execute=all", env={"GITHUB_ACTIONS": "true"})
    rows = [row for row in build.output.splitlines() if row.startswith("::")]
    line = site.line("docs/index.rst", "100%")
    assert (
        f"::error file=docs/index.rst,line={line},title=ref.ref::"
        "undefined label: 'one, two: 100%25'"
    ) in rows
    assert any("file=docs/tutorials/fails.py" in row and "ZeroDivision" in row for row in rows)
    assert len(rows) == 2
    assert "::error" not in site.build("-D", "docent_execute=all").output


def test_a_precheck_writes_no_page(site: Site) -> None:
    site.tutorial("one")
    build = site.precheck()
    assert build.code == 0, build.output
    assert {path.name for path in build.out.iterdir()} <= {".doctrees", ".buildinfo"}
    assert "build succeeded" in build.output


def edit(site: Site, chance: random.Random) -> str:
    """One random edit of a small site; says what it was."""
    names = "abcd"
    page = chance.choice(names)
    file = site.docs / f"{page}.rst"
    other = chance.choice(names)
    kind = chance.choice(["write", "write", "remove", "tutorial", "gone", "tree", "nothing"])
    body = chance.choice(
        [
            f":ref:`label-{other}`",
            f":doc:`{other}`",
            f":py:func:`func_{other}`",
            f":ref:`sphx_glr_gallery_t{other}.py`",
            f".. py:function:: func_{other}()",
            f".. _label-{other}:\n\nSection\n-------",
            ":norole:`x`",
            f".. include:: part_{other}.inc",
            f".. image:: image_{other}.png",
            f".. [Cite{other}] Text.",
            f"See [Cite{other}]_.",
            "Only text.",
        ]
    )
    if kind == "write":
        label = f".. _label-{page}:\n\n" if chance.random() < 0.6 else ""
        file.write_text(f"{label}Page {page}\n======\n\n{body}\n")
    elif kind == "remove":
        file.unlink(missing_ok=True)
    elif kind == "tutorial":
        site.tutorial(f"t{other}", text=body)
    elif kind == "gone":
        (site.docs / f"tutorials/t{other}.py").unlink(missing_ok=True)
    elif kind == "tree":
        listed = "".join(f"   {name}\n" for name in names if chance.random() < 0.7)
        site.write("docs/index.rst", f"Site\n====\n\n.. toctree::\n\n   gallery/index\n{listed}")
    return f"{kind} {page} {other} {body!r}"


@pytest.mark.parametrize("seed", range(2))
def test_an_incremental_precheck_finds_what_a_clean_one_finds(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    site.configure("nitpicky = True\n")
    site.tutorial("ta")
    for name in "abcd":
        site.write(f"docs/{name}.rst", f".. _label-{name}:\n\nPage {name}\n======\n")
    done: list[str] = []
    for _ in range(8):
        done.append(edit(site, chance))
        if chance.random() < 0.2:
            site.build(*NONE)
        incremental = site.precheck()
        clean = site.precheck("-E", out="clean")
        assert incremental.found == clean.found, done
        assert incremental.code == clean.code == (1 if clean.found else 0)
