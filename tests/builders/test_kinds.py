"""Only builders that make pages for readers execute; the others leave the last report alone."""

from __future__ import annotations

import json

import pytest
from tests.helpers.sites import Site

CHECKING = ["changes", "coverage", "doctest", "dummy", "gettext", "linkcheck"]
EXTENSIONS = """
extensions += ["sphinx.ext.coverage", "sphinx.ext.doctest"]
docent_execute = "all"
"""


@pytest.mark.parametrize("builder", CHECKING)
def test_a_builder_that_makes_no_pages_executes_nothing(site: Site, builder: str) -> None:
    site.configure(EXTENSIONS)
    site.tutorial("one")
    done = site.build(builder=builder)
    assert done.code == 0, done.output
    assert done.runs == []
    assert not done.report


def test_it_leaves_the_last_sites_report_alone(site: Site) -> None:
    site.configure(EXTENSIONS)
    site.tutorial("one")
    assert site.build().runs == ["one"]
    report = site.docs / "_build" / "docent" / "report.json"
    kept = report.with_suffix(".kept")
    kept.write_bytes(json.dumps({"kept": True}).encode())
    site.build(builder="dummy")
    assert not report.exists()  # the test removes it before each build
    again = site.build()
    assert again.runs == []
    assert "output of one" in again.html("gallery/one")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text", "epub"])
def test_a_builder_that_makes_pages_executes(site: Site, builder: str) -> None:
    site.configure(EXTENSIONS)
    site.tutorial("one")
    done = site.build(builder=builder)
    assert done.code == 0, done.output
    assert done.runs == ["one"]
    assert done.report["builder"] == builder
