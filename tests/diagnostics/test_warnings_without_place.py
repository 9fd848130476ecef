"""A warning that names no file belongs to the page that is being read, and lives as long."""

from __future__ import annotations

import pytest
from tests.helpers.sites import Site

CONF = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.util.logging import getLogger


class Grumble(Directive):
    has_content = True

    def run(self):
        getLogger("grumble").warning("something is odd", type="odd")
        getLogger("grumble").warning("odd here, too", location="/elsewhere/module.py:7", type="odd")
        return [nodes.paragraph(text="grumbled")]


def setup(app):
    app.add_directive("grumble", Grumble)
    app.connect("env-updated", lambda app, env: getLogger("grumble").warning("of no page"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


@pytest.mark.parametrize("options", [(), ("-j", "3")])
def test_it_is_told_with_its_page_and_no_other_page_is_read_again(
    site: Site, options: tuple[str, ...]
) -> None:
    site.configure(CONF)
    names = [f"page{number}" for number in range(8)]
    for name in names:
        site.write(f"docs/{name}.rst", f":orphan:\n\n{name}\n=====\n\nText.\n")
    site.append("docs/page3.rst", "\n.. grumble::\n")
    site.append("docs/page5.rst", "\n.. grumble::\n")
    site.tutorial("one", text=".. grumble::")
    expected = [
        ("", 0, "", "of no page"),
        ("/elsewhere/module.py", 7, "odd", "odd here, too"),
        ("docs/page3.rst", 0, "odd", "something is odd"),
        ("docs/page5.rst", 0, "odd", "something is odd"),
        ("docs/tutorials/one.py", 0, "odd", "something is odd"),
    ]
    first = site.precheck(*options)
    assert (first.code, first.found) == (1, expected), first.output
    assert "docs/page3.rst:: WARNING: something is odd [odd]" in first.output
    again = site.precheck(*options)
    assert (again.code, again.found) == (1, expected)
    assert "0 added, 0 changed, 0 removed" in again.output
    site.replace("docs/page3.rst", "\n.. grumble::\n", "")
    mended = site.precheck(*options)
    assert mended.found == [entry for entry in expected if entry[0] != "docs/page3.rst"]
    assert "0 added, 1 changed, 0 removed" in mended.output
    site.replace("docs/page5.rst", "\n.. grumble::\n", "")
    site.replace("docs/tutorials/one.py", "# .. grumble::", "# Text.")
    assert site.precheck(*options).found == expected[:1]


def test_a_warning_that_comes_before_everything_is_told(site: Site) -> None:
    site.configure(
        """
        from sphinx.util.logging import getLogger

        def early(app, config):
            getLogger("early").warning("so early")

        def setup(app):
            app.connect("config-inited", early, priority=7)
        """
    )
    build = site.precheck()
    assert (build.code, build.found) == (1, [("", 0, "", "so early")]), build.output
