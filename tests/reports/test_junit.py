"""JUnit's format holds the tutorials and what is wrong, whatever they say."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from tests.helpers.outcomes import OUTCOME

from sphinx_docent.reports.junit import as_junit

COUNTS = ("tests", "failures", "skipped")


def test_tutorials_and_diagnostics_are_cases() -> None:
    tutorials, diagnostics = ElementTree.fromstring(as_junit(OUTCOME))
    assert [tutorials.get(name) for name in COUNTS] == ["4", "1", "1"]
    assert [diagnostics.get(name) for name in COUNTS] == ["1", "1", "0"]
    passed, failed, skipped, kept = tutorials
    assert (passed.get("classname"), passed.get("name"), passed.get("time")) == (
        "t",
        "a.py",
        "2.000",
    )
    (failure,) = failed
    assert (failure.get("message"), failure.text) == (
        "ValueError: no",
        r"Traceback\x1b[31m\x00: <no>",
    )
    assert skipped[0].get("message") == "needs `cuda`"
    assert len(kept) == 0
    (found,) = diagnostics
    assert (found.get("name"), found[0].get("message")) == ("docs/a.rst:3", r"broken\x00 <it>")


def test_a_shard_is_named() -> None:
    root = ElementTree.fromstring(as_junit(replace(OUTCOME, shard="2/4")))
    assert root.get("name") == "sphinx-docent shard 2/4"
    assert root[0].get("name") == "tutorials shard 2/4"
