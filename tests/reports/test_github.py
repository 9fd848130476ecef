"""GitHub shows each diagnostic at its line."""

from __future__ import annotations

from sphinx_docent.model import CacheUse, Diagnostic
from sphinx_docent.reports.github import github_annotations


def test_each_diagnostic_is_one_line_that_github_reads() -> None:
    found = [
        Diagnostic("docs/a, b:c.rst", 3, "ref.ref", "100%\nof it"),
        Diagnostic("", 0, "", "odd"),
    ]
    assert github_annotations(found, CacheUse("cache")) == [
        "::error file=docs/a%2C b%3Ac.rst,line=3,title=ref.ref::100%25%0Aof it",
        "::error file=,line=1,title=documentation::odd",
    ]


def test_trouble_with_a_shared_cache_is_a_warning() -> None:
    cache = CacheUse("cache", remote="s3://bucket", problem="Forbidden")
    (line,) = github_annotations([], cache)
    assert line == (
        "::warning title=docent.cache::"
        "the shared cache s3://bucket did not do all it was asked for: Forbidden"
    )
