"""A project may ignore a warning, with a reason; what Sphinx is told to suppress is none."""

from __future__ import annotations

import sphinx
from tests.helpers.sites import ALL, NONE, Site, named


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


NOTHING = "nothing matches '{}' any more; take it out"


def test_an_entry_is_unused_only_if_no_builder_needs_it(site: Site) -> None:
    site.tutorial("one")
    site.append("docs/index.rst", "\n.. only:: builder_html\n\n   :ref:`here`\n")
    site.configure(
        """
        import sphinx.util.logging

        def warn(app):
            if app.builder.name == "html":
                sphinx.util.logging.getLogger("x").warning("only of pages")

        def setup(app):
            app.connect("builder-inited", warn)

        docent_ignored_warnings = [
            {"pattern": "only of pages", "reason": "html has it"},
            {"pattern": "label: 'here'", "reason": "both have it"},
            {"pattern": "never said", "reason": "was mended"},
        ]
        """
    )
    assert "nothing matches" not in site.precheck().output, "no site was built yet"
    assert "nothing matches" not in site.build(*NONE).output, "not all results are shown"
    for build in (site.build(*ALL), site.precheck(), site.build(*ALL)):
        assert NOTHING.format("never said") in build.output
        assert build.output.count("nothing matches") == 1
    site.replace("docs/conf.py", '== "html"', '== "other"')
    assert NOTHING.format("only of pages") in site.build(*ALL).output
    assert NOTHING.format("only of pages") in site.precheck().output
