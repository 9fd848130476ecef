"""What a build did, as data, without a build."""

from __future__ import annotations

import re

from tests.helpers.tutorials import tutorial

from sphinx_docent.model import (
    Action,
    CacheUse,
    Diagnostic,
    Failure,
    IgnoredWarning,
    Result,
    Status,
    Step,
)
from sphinx_docent.reports.outcome import Outcome, Span

SPANS = [
    Span("/t/a.py", 0, 0.0, 2.0, "passed"),
    Span("/t/<b>.py", 1, 1.0, 3.0, "failed", "worker-with-a-long-name"),
]
FAILURE = Failure("ValueError: no", 7, "Traceback\x1b[31m\x00: <no>")
OUTCOME = Outcome(
    project="site & co",
    builder="html",
    shard="",
    started=0,
    seconds=3.00049,
    selection="all",
    steps=[
        Step(tutorial("a"), Action.EXECUTE, "never <executed>"),
        Step(tutorial("<b>"), Action.EXECUTE, "`data.csv` changed"),
        Step(tutorial("gpu", "cuda"), Action.SKIP, "needs `cuda`", ("cuda",)),
        Step(tutorial("kept"), Action.RESTORE, "unchanged"),
    ],
    results={
        "/t/a.py": Result(Status.PASSED, 2.0, 3 * 2**20),
        "/t/<b>.py": Result(Status.FAILED, 2.0004, failure=FAILURE),
        "/t/gpu.py": Result(Status.SKIPPED),
    },
    spans=SPANS,
    diagnostics=[Diagnostic("docs/a.rst", 3, "ref.ref", "broken\x00 <it>")],
    ignored=[(IgnoredWarning(re.compile("later"), None, "it comes"), 2)],
    cache=CacheUse("docs/_build/docent/cache"),
)
