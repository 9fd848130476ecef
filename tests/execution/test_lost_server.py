"""Whoever takes the server down is found, and the others go on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from sphinx_docent.execution.jobs import Job, JobEnded
from sphinx_docent.execution.pool import Work, events_of
from sphinx_docent.execution.surroundings import NoSurroundings

ENDS = (signal.SIGKILL, signal.SIGSTOP)


def carried_out(folder: Path, jobs: dict[str, Any]) -> dict[str, JobEnded]:
    """How jobs have ended, each a function, two at a time."""
    functions = list(jobs.values())
    work = Work(
        jobs=[Job(f"{folder}/{name}", 30.0) for name in jobs],
        surroundings=lambda: NoSurroundings(lambda index: {"value": functions[index]()}),
        slots=2,
        warm_up=lambda _: None,
        folder=str(folder / "work"),
    )
    with events_of(work) as events:
        ended = {event["index"]: event for event in events if event["event"] == "ended"}
    return {name: ended[index] for index, name in enumerate(jobs)}


@pytest.mark.parametrize("number", ENDS)
def test_the_one_that_takes_it_down_is_named(tmp_path: Path, number: signal.Signals) -> None:
    def hostile() -> None:
        time.sleep(0.1)
        os.kill(os.getppid(), number)
        time.sleep(10)

    ended = carried_out(
        tmp_path,
        {"before": os.getpid, "hostile": hostile, "beside": slow, "after": os.getpid},
    )
    verb = "was ended by SIGKILL" if number == signal.SIGKILL else "was stopped"
    assert ended["hostile"]["problem"] == f"the server that executes tutorials {verb}, twice"
    assert all(ended[name]["answer"] for name in ("before", "beside", "after"))


def slow() -> int:
    time.sleep(1)
    return 1


def test_what_was_killed_is_tried_once_more_alone(tmp_path: Path) -> None:
    def hungry() -> str:
        mark = tmp_path / "tried"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "passed"

    def always() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    ended = carried_out(tmp_path, {"hungry": hungry, "always": always})
    assert ended["hungry"]["answer"] == {"value": "passed"}
    assert ended["always"]["code"] == -signal.SIGKILL
    assert ended["always"]["peak"] > 2**20


def test_an_answer_comes_though_every_descriptor_was_closed(tmp_path: Path) -> None:
    def closes() -> str:
        os.closerange(0, 4096)
        return "there"

    def fails() -> None:
        os.closerange(0, 4096)
        raise ValueError("no answer")

    ended = carried_out(tmp_path, {"closes": closes, "fails": fails})
    assert ended["closes"]["answer"] == {"value": "there"}
    assert "ValueError: no answer" in ended["fails"]["problem"]


def test_a_process_never_becomes_a_second_server(tmp_path: Path) -> None:
    def patches() -> str:
        os._exit = lambda code: None  # type: ignore[assignment,return-value]
        return "gone"

    ended = carried_out(tmp_path, {"patches": patches, "other": os.getpid})
    assert ended["patches"]["answer"] == {"value": "gone"}
    assert ended["other"]["answer"]
