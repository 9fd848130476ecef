"""What a build says of itself: in its report, in JUnit's format, on GitHub."""

from __future__ import annotations

import time
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from tests.helpers.sites import ALL, Build, Site


@pytest.fixture(scope="module")
def mixed(make_site: Callable[[], Site]) -> Build:
    """Tutorials that fail, are kept, run, wait and lack something, and a broken reference."""
    site = make_site()
    for name in ("fails", "kept", "runs", "waits"):
        site.tutorial(name, "1 / 0" if name == "fails" else "")
    site.tutorial("lacks", comments='# sphinx_gallery_requires = ["no_such_package"]')
    site.build("-D", "docent_execute=kept")
    site.append("docs/index.rst", "\n:ref:`nowhere`\n")
    return site.build("-D", "docent_execute=fails\nkept\nruns\nlacks")


RUNS = {
    "path": "/docs/tutorials/runs.py",
    "page": "gallery/runs",
    "action": "execute",
    "reason": "never executed",
    "requires": [],
    "status": "passed",
    "seconds": 0,
    "peak_memory": 0,
    "network": False,
    "worker": None,
    "failure": None,
    "known_failure": None,
}


def test_the_report_counts_and_lists(mixed: Build) -> None:
    report = mixed.report
    assert report["format"] == 1
    assert report["project"] == "site"
    assert report["builder"] == "html"
    assert abs(report["started"] - time.time()) < 120
    assert report["seconds"] > 0
    assert set(report["versions"]) == {"sphinx_docent", "sphinx", "sphinx_gallery", "python"}
    totals = {key: value for key, value in report["totals"].items() if key != "seconds"}
    assert totals == {
        "tutorials": 5,
        "execute": 2,
        "restore": 1,
        "render": 1,
        "skip": 1,
        "failed": 1,
        "diagnostics": 2,
    }
    told = mixed.tutorial("runs") | {"seconds": 0, "peak_memory": 0}
    assert {key: told[key] for key in RUNS} == RUNS
    assert set(told) - set(RUNS) == {"isolation", "observation", "processes"}
    assert mixed.tutorial("runs")["peak_memory"] > 1_000_000
    statuses = {entry["status"] for entry in report["tutorials"]}
    assert statuses == {"failed", "not run", "passed", "skipped"}


def test_junits_report_counts_and_says_why(mixed: Build) -> None:
    suites = ET.parse(mixed.out.parent / "docent" / "junit.xml").getroot()
    counts = {
        suite.get("name"): tuple(
            int(suite.get(key, "")) for key in ("tests", "failures", "skipped")
        )
        for suite in suites
    }
    assert counts == {"tutorials": (5, 1, 2), "diagnostics": (1, 1, 0)}
    failure = suites.find("testsuite/testcase[@name='fails.py']/failure")
    assert failure is not None
    assert "ZeroDivisionError" in (failure.get("message") or "")
    assert "1 / 0" in (failure.text or "")


def test_a_report_holds_any_text(site: Site) -> None:
    site.tutorial("odd", r'raise ValueError("\x1b[31m\x00 <&> \ud800 ünï")')
    build = site.build(*ALL)
    assert build.code == 1
    assert build.tutorial("odd")["status"] == "failed"
    ET.parse(site.state / "junit.xml")


def test_github_gets_an_annotation_for_each(site: Site) -> None:
    site.append("docs/index.rst", "\n:ref:`one, two: 100%`\n")
    site.tutorial("fails", "1 / 0")
    build = site.build("-D", "docent_execute=all", env={"GITHUB_ACTIONS": "true"})
    rows = [row for row in build.output.splitlines() if row.startswith("::")]
    line = site.line("docs/index.rst", "100%")
    assert (
        f"::error file=docs/index.rst,line={line},title=ref.ref::"
        "undefined label: 'one, two: 100%25'"
    ) in rows
    assert any("file=docs/tutorials/fails.py" in row and "ZeroDivision" in row for row in rows)
    assert len(rows) == 2
    assert "::error" not in site.build("-D", "docent_execute=all").output
