"""How a tutorial's process ended says whether the tutorial passed, and else why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.tutorials import tutorial

from sphinx_docent.execution.answer import Answer, Observed, encode_answer
from sphinx_docent.execution.jobs import JobEnded
from sphinx_docent.execution.options import ExecutionOptions
from sphinx_docent.execution.outcomes import how_it_died, never_ran, outcome_of
from sphinx_docent.model import Status

ONE = tutorial("one")
OPTIONS = ExecutionOptions(Path("/t"), 1, 2.5, (), ())
TRACEBACK = """\
Traceback (most recent call last):
  File "/t/one.py", line 7, in <module>
  File "/lib/json.py", line 300, in loads
ValueError: no
"""


def ended(traceback: str | None = None, **changes: Any) -> JobEnded:
    observed = Observed({"modules": ("json",)}, processes=False)
    answer = Answer(
        1.5, 2048, traceback, (), network=True, source="ab" * 32, began=1, observed=observed
    )
    event: dict[str, Any] = {"event": "ended", "index": 0, "elapsed": 2.0}
    event["answer"] = json.loads(json.dumps(encode_answer(answer)))
    event |= {
        "late": False,
        "code": 0,
        "tail": "",
        "place": {},
        "peak": 0,
        "problem": "",
        "details": {},
        **changes,
    }
    return event  # type: ignore[return-value]


def test_a_tutorial_that_came_to_its_end_has_passed() -> None:
    found = outcome_of(ONE, ended(), OPTIONS)
    assert found.result.status is Status.PASSED
    assert (found.result.seconds, found.result.peak_memory, found.result.network) == (
        1.5,
        2048,
        True,
    )
    assert found.answer is not None
    assert found.answer.observed.used == {"modules": ("json",)}


def test_one_that_asked_for_too_much_is_shown_and_not_kept() -> None:
    event = ended()
    assert event["answer"] is not None
    event["answer"]["observed"] |= {"used": {}, "too_much": True}
    found = outcome_of(ONE, event, OPTIONS)
    assert found.result.status is Status.PASSED
    assert found.result.observation == "incomplete"
    assert found.gap


def test_one_that_raised_has_failed_at_its_own_last_line() -> None:
    failure = outcome_of(ONE, ended(TRACEBACK), OPTIONS).result.failure
    assert failure is not None
    assert (failure.message, failure.line) == ("ValueError: no", 7)
    assert failure.traceback == TRACEBACK


def test_one_that_took_too_long_has_failed_whatever_it_answered() -> None:
    found = outcome_of(ONE, ended(late=True), OPTIONS)
    assert found.result.failure is not None
    assert found.result.failure.message == "took longer than 2.5 s and was ended"
    assert found.result.seconds == 2.0
    assert found.answer is None


def test_of_one_that_died_the_last_lines_are_told() -> None:
    tail = 'last words\n  File "/tmp/x/one.py", line 9 in f\n  File "/lib/a.py", line 1 in g\n'
    failure = outcome_of(ONE, ended(answer=None, code=-11, tail=tail), OPTIONS).result.failure
    assert failure is not None
    assert (failure.message, failure.line) == ("the process was ended by SIGSEGV", 9)
    assert failure.traceback.endswith(
        'the last lines of its output:\nlast words\n  File "/t/one.py", line 9 in f'
    )


def test_of_a_stack_what_the_tutorial_called_is_told_and_not_who_called_it() -> None:
    tail = (
        "Most recent call first:\n"
        '  File "/lib/a.py", line 1 in called\n  File "/t/one.py", line 9 in f\n'
        '  File "/lib/b.py", line 2 in calls\n\nThread 0x1:\n  File "/lib/c.py", line 3 in other\n'
    )
    failure = outcome_of(ONE, ended(late=True, tail=tail), OPTIONS).result.failure
    assert failure is not None
    assert failure.line == 9
    assert failure.traceback.split("output:\n")[1].splitlines() == [
        "Most recent call first:",
        '  File "/lib/a.py", line 1 in called',
        '  File "/t/one.py", line 9 in f',
        "",
        "Thread 0x1:",
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4, "the process ended with exit code 4 before the tutorial did"),
        (-9, "the process was ended by SIGKILL (out of memory, perhaps)"),
        (-63, "the process was ended by signal 63"),
    ],
)
def test_an_exit_code_is_told_in_words(code: int, words: str) -> None:
    assert how_it_died(code) == words


def test_what_nobody_executed_has_failed() -> None:
    result = never_ran(ONE, "no worker is left").result
    assert result.failure is not None
    assert (result.status, result.failure.message) == (Status.FAILED, "no worker is left")
