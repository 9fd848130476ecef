"""A page can show the timeline of the build that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.sites import ALL

if TYPE_CHECKING:
    from tests.helpers.sites import Site


def test_the_timeline_is_shown_where_the_directive_stands(site: Site) -> None:
    site.tutorial("one")
    site.write("docs/deep/built.rst", "Built\n=====\n\n.. docent-timeline::\n")
    site.append("docs/index.rst", "   deep/built\n")
    build = site.build(*ALL)
    assert '<iframe class="docent-timeline" src="../_docent/timeline.html"' in build.html(
        "deep/built"
    )
    shown = build.out / "_docent/timeline.html"
    assert "/docs/tutorials/one.py" in shown.read_text(encoding="utf-8")
    shown.unlink()
    again = site.build(*ALL)
    assert "Nothing was executed" in shown.read_text(encoding="utf-8"), again.output


def test_no_timeline_is_published_that_no_page_shows(site: Site) -> None:
    site.tutorial("one")
    assert not (site.build(*ALL).out / "_docent").exists()
    assert site.precheck().code == 0
