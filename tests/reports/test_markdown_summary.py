"""What a CI service shows of a build, and what a pull request's comment says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.sites import Site

from sphinx_docent.reports.markdown_summary import SHOWN, as_text, markdown_summary
from sphinx_docent.reports.pull_request import MARK, preview_comment


def report(**changes: Any) -> dict[str, Any]:
    """A report of two tutorials."""
    kinds = ("tutorials", "execute", "restore", "render", "skip", "failed", "diagnostics")
    totals = dict.fromkeys(kinds, 0) | {"tutorials": 2, "execute": 1, "restore": 1}
    executed = {"path": "/a.py", "action": "execute", "seconds": 2.25, "failure": None}
    restored = {"path": "/b.py", "action": "restore", "seconds": 9.0, "failure": None}
    return {
        "project": "site",
        "builder": "html",
        "shard": None,
        "seconds": 3.2,
        "totals": totals | changes.pop("totals", {}),
        "tutorials": [executed, restored],
        "diagnostics": [],
        **changes,
    }


DEPLOYED = {
    "folder": "pr/12",
    "pages": {"changed": ["a [b](c)"], "added": [], "removed": ["old"]},
}


def test_a_build_without_problems_is_told_in_two_lines() -> None:
    assert markdown_summary(report()).splitlines()[:3] == [
        "### `html` of `site`: all is well",
        "",
        "2 tutorials: 1 executed, 1 restored; 3 s",
    ]
    assert "| `/a.py` | 2.2 |" in markdown_summary(report())


def test_failures_and_problems_are_listed_and_cut() -> None:
    found = [{"file": "a.rst", "line": n, "message": f"No {n}"} for n in range(SHOWN + 2)]
    failure = {"message": "ValueError: <b>@all</b> `x`", "line": 7}
    failed = {"path": "/a.py", "action": "execute", "seconds": 1.0, "failure": failure}
    totals = {"failed": 1, "diagnostics": len(found)}
    text = markdown_summary(report(tutorials=[failed], diagnostics=found, totals=totals))
    assert "### `html` of `site`: 1 tutorial failed, 22 problems" in text
    assert "- `/a.py:7`: `ValueError: <b>@all</b> 'x'`" in text
    assert "- `a.rst:19`: `No 19`" in text
    assert "`No 20`" not in text
    assert "- and 2 more" in text


@pytest.mark.parametrize("text", ["a`b", "a\nb", "`" * 9, "\x1b[31m", "| @me"])
def test_no_text_gets_out_of_its_quotes(text: str) -> None:
    shown = as_text(text)
    assert "\n" not in shown
    assert shown.count("`") == 2


def test_the_comment_leads_to_the_preview_and_its_changed_pages() -> None:
    comment = preview_comment(report(), DEPLOYED, url="https://o.example/", run="https://r/1")
    assert comment.startswith(MARK)
    assert "**[Preview](https://o.example/pr/12/)**" in comment
    assert "- [`a [b](c)`](https://o.example/pr/12/a%20%5Bb%5D%28c%29.html)" in comment
    assert "Removed pages:\n\n- `old`" in comment
    assert "[All logs](https://r/1)" in comment


def test_the_comment_says_what_is_missing() -> None:
    assert "There is no preview" in preview_comment(report(), None)
    assert "left no report" in preview_comment(None, None)
    kinds: list[dict[str, Any]] = [{}, {"totals": 1}, {"totals": {}}, report(tutorials=[1])]
    for made_up in (*kinds, report(seconds="x")):
        assert "cannot be read" in preview_comment(made_up or {"a": 1}, DEPLOYED)


@pytest.mark.site
def test_a_build_adds_its_summary_to_the_page_of_the_run(
    make_site: Callable[[], Site], tmp_path: Path
) -> None:
    site = make_site()
    site.tutorial("one", "1 / 0")
    page = tmp_path / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    build = site.build("-D", "docent_execute=all", env={"GITHUB_STEP_SUMMARY": str(page)})
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n### `html` of `site`: 1 tutorial failed")
    assert "ZeroDivisionError" in text
    assert markdown_summary(json.loads(json.dumps(build.report))) in text
    build = site.build(env={"GITHUB_STEP_SUMMARY": "/nowhere/summary.md"})
    assert build.code == 1
    assert "ZeroDivisionError" in build.output
    assert "summary.md" not in build.output
