"""The report counts, and lists what it has counted."""

from __future__ import annotations

import json

from tests.helpers.outcomes import OUTCOME

from sphinx_docent.reports.json_report import as_json


def test_the_totals_are_those_of_the_list() -> None:
    report = json.loads(json.dumps(as_json(OUTCOME)))
    assert report["totals"] == {
        "tutorials": 4,
        "execute": 2,
        "restore": 1,
        "render": 0,
        "skip": 1,
        "failed": 1,
        "seconds": 4.0,
        "diagnostics": 1,
    }
    assert (report["cache"]["hits"], report["cache"]["misses"]) == (1, 2)
    assert (report["seconds"], report["shard"]) == (3.0, None)
    assert [entry["status"] for entry in report["tutorials"]] == [
        "passed",
        "failed",
        "skipped",
        "not run",
    ]
    assert report["tutorials"][1]["worker"] == "worker-with-a-long-name"
    assert report["tutorials"][1]["failure"]["line"] == 7
    assert report["ignored"] == [
        {"pattern": "later", "file": None, "reason": "it comes", "count": 2}
    ]
