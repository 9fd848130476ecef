"""What was mistyped, so that a page shows its marks, is told at its line; what is right is not."""

from __future__ import annotations

import pytest
from docutils.core import publish_doctree
from tests.helpers.notebooks import cells
from tests.helpers.sites import NONE, Site

from sphinx_docent.notebooks.text_slips import find_slips

SLIPS = {
    "`:code:`x``": "a role between backticks",
    "Some ..note:: text": "a directive that is not read",
    "..note::\n   Text.": "a directive that is not read",
    "A foo`` closes": "two backticks",
    "A foo:ref:`x` touches": "a role that is not read",
    "A link <https://e.org>_ without": "a link that is not read",
    "A word[1]_ here": "a footnote that is not read",
    ".. note:\n\n   Text.": "nothing of a directive with one colon",
}
RIGHT = [
    "A ``literal with :code:`x` and ..note:: in it`` and *a* `b`",
    "See http://e.org/a::b, a::b, x[1], f(a)[0], 10:30:15 and :not a role: too...",
    "Text::\n\n   ..note::\n   :ref:`x` foo``",
    ".. A comment. note: this\n\n.. image:: a.png",
    ":math:`a`` <b>`_`",
    "A `link <https://e.org>`_ and `another <https://e.org/a_b>`__.",
]


def found(rst: str) -> list[tuple[int, str]]:
    settings = {"report_level": 5, "_disable_config": True}
    doctree = publish_doctree(f"First\nsecond.\n\n{rst}\n\nEnd.\n", settings_overrides=settings)
    return [(slip.line, slip.problem) for slip in find_slips(doctree)]


@pytest.mark.parametrize(("rst", "problem"), SLIPS.items())
def test_a_slip_is_found_at_its_line(rst: str, problem: str) -> None:
    for before, line in (("", 4), ("One\ntwo\n", 6)):
        if before and not rst.startswith(("A ", "Some", "`")):
            continue
        (slip,) = found(before + rst)
        assert slip[0] == line
        assert slip[1].startswith(problem)


@pytest.mark.parametrize("rst", [*RIGHT[:4], RIGHT[5]])
def test_what_is_right_is_left_alone(rst: str) -> None:
    assert found(rst) == []


def test_the_precheck_tells_it_in_the_tutorials_lines(site: Site) -> None:
    path = site.tutorial("one", text="Good ``text``.\n\nMore\n`:code:`x`` text.")
    wanted = (path.lstrip("/"), site.line(path, ":code:"), "docent.text")
    for build in (site.precheck(), site.precheck()):
        assert build.code == 1
        assert [entry[:3] for entry in build.found] == [wanted]
    assert "the page shows a role between backticks" in site.build(*NONE).output


def test_a_docstring_of_one_sentence_is_in_the_notebook(site: Site) -> None:
    site.write("docs/tutorials/one.py", '"""Only one sentence."""\n\nx = 1\n')
    (file,) = site.build(*NONE).out.glob("_downloads/*/one.ipynb")
    assert cells(file) == [("markdown", "Only one sentence."), ("code", "x = 1")]
