"""Executes notebooks, several at a time, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ..execution.jobs import Job, JobEnded
from ..execution.outcomes import how_it_died
from ..execution.pool import Work, events_of
from ..execution.surroundings import NoSurroundings
from ..model import Failure, Result, Status
from .failures import failure_of, stopped
from .notebook import Notebook
from .process import execute_notebook, warm_up
from .request import BEGUN, NotebookAnswer, NotebookRequest


@dataclass(frozen=True, slots=True)
class NotebookStarted:
    """A notebook has begun.

    :param slot: which of the workers executes it, from 0.
    """

    notebook: Notebook
    slot: int


@dataclass(frozen=True, slots=True)
class NotebookEnded:
    """A notebook has ended."""

    notebook: Notebook
    result: Result


def execute_notebooks(
    queue: Sequence[Notebook], jobs: int, timeout: float
) -> Iterator[NotebookStarted | NotebookEnded]:
    """Execute notebooks in order, and tell when each begins and ends.

    :param jobs: how many at a time.
    :param timeout: seconds for one whose tutorial declares none.
    """
    if not queue:
        return
    with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as folder:
        base = Path(os.path.realpath(folder))
        requests = [
            NotebookRequest(entry.file, base / str(n), entry.hidden)
            for n, entry in enumerate(queue)
        ]
        limits = [entry.tutorial.timeout or timeout for entry in queue]
        work = Work(
            [Job(str(r.base), limit) for r, limit in zip(requests, limits, strict=True)],
            lambda: NoSurroundings(lambda index: execute_notebook(requests[index])),
            jobs,
            lambda _: warm_up(),
            folder,
        )
        with events_of(work) as events:
            for event in events:
                index = event["index"]
                if event["event"] == "started":
                    yield NotebookStarted(queue[index], event["slot"])
                    continue
                result = _result(queue[index], event, _reached(requests[index]), limits[index])
                shutil.rmtree(requests[index].base, ignore_errors=True)
                yield NotebookEnded(queue[index], result)


def _result(notebook: Notebook, event: JobEnded, reached: int, timeout: float) -> Result:
    """How a process ended.

    :param reached: the index of the cell that was begun last.
    """
    answer = cast("NotebookAnswer | None", event["answer"])
    tail = event["tail"].rpartition(BEGUN)[2]
    failure: Failure | None
    if event["late"] or answer is None:
        late = f"took longer than {timeout:g} s and was ended"
        reason = late if event["late"] else how_it_died(event["code"])
        failure = stopped(notebook.cells[reached], reason, tail)
        return Result(Status.FAILED, event["elapsed"], failure=failure)
    failure = failure_of(answer, notebook.cells, str(notebook.tutorial.source), tail)
    status = Status.FAILED if failure else Status.PASSED
    return Result(status, answer["seconds"], answer["peak_memory"], failure)


def _reached(request: NotebookRequest) -> int:
    try:
        return int(request.reached.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
