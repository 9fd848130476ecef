"""The timeline shows what executed when, and holds any name."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers.outcomes import OUTCOME, SPANS

from sphinx_docent.reports.outcome import Span
from sphinx_docent.reports.timeline import timeline_page
from sphinx_docent.reports.timeline_picture import busy


def test_how_many_are_busy_is_known_for_each_moment() -> None:
    assert busy(SPANS) == [(0.0, 1), (1.0, 2), (2.0, 1), (3.0, 0)]
    follower = Span("/t/c.py", 0, 2.0, 3.0, "passed")
    assert busy([SPANS[0], follower]) == [(0.0, 1), (2.0, 1), (3.0, 0)]
    assert busy([]) == []


def test_the_page_shows_every_execution_and_every_tutorial() -> None:
    page = timeline_page(OUTCOME)
    assert "2 executions on 2 workers in 3.0 seconds" in page
    assert "<h1>site &amp; co: timeline</h1>" in page
    assert "never &lt;executed&gt;" in page
    assert '<td class="n">2.0</td><td class="n">3</td>' in page
    assert "/t/&lt;b&gt;.py: 2.0 s, failed, on worker-with-a-long-name" in page
    assert ">…-long-name<" in page
    assert "<p>2 execute, 1 restore, 1 skip</p>" in page
    assert "<b>" not in page


def test_a_build_that_executed_nothing_says_so() -> None:
    page = timeline_page(replace(OUTCOME, spans=[], shard="2/4"))
    assert "Nothing was executed in this build." in page
    assert "site &amp; co: shard 2/4" in page
