"""A project may ignore a warning, with a reason; what Sphinx is told to suppress is none."""

from __future__ import annotations

import sphinx
from tests.helpers.sites import NONE, Site, named


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
