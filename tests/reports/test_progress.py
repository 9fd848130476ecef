"""How long a build still takes is estimated from what is known."""

from __future__ import annotations

import time

import pytest
from tests.helpers.tutorials import tutorial

from sphinx_docent.model import Action, Result, Status, Step
from sphinx_docent.reports.progress import Progress

STEPS = [Step(tutorial(name), Action.EXECUTE, "never executed") for name in "abc"]
KNOWN = {"/t/a.py": 10.0, "/t/b.py": 20.0}


def test_what_is_unknown_counts_as_the_mean_of_what_is_known() -> None:
    assert Progress(STEPS, KNOWN, 1).seconds_left(0) == 45.0
    assert Progress(STEPS, KNOWN, 3).seconds_left(0) == 20.0, "no less than the longest"
    assert Progress(STEPS, {}, 1).seconds_left(0) is None


def test_what_runs_or_has_ended_leaves_less() -> None:
    progress = Progress(STEPS, KNOWN, 1)
    progress.started(STEPS[1])
    now = time.monotonic()
    assert progress.seconds_left(now + 5) == pytest.approx(40, abs=1)
    assert progress.seconds_left(now + 500) == pytest.approx(25, abs=1)
    progress.done(STEPS[1], Result(Status.PASSED, 6.0))
    assert progress.seconds_left(now) == 20.0
