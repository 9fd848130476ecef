"""A broken reference is found at its own line, every time, until it is mended."""

from __future__ import annotations

import re

import pytest
from tests.helpers.sites import NONE, Site

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
