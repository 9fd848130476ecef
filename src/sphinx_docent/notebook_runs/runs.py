"""Proves notebooks: executes each as Colab would, unless it is known to run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..execution.jobs import Job
from ..execution.outcomes import how_it_died
from ..execution.pool import Work, events_of
from ..model import Action, Failure, Result, Status, Step, Tutorial
from ..notebooks.cells import Cell
from ..planning.plan import CacheStatus, make_plan
from ..planning.schedule import longest_first
from ..reports.recording import Listener
from .failures import failure_of, stopped
from .kernel import BEGUN, NotebookRequest, execute_notebook, warm_up
from .results import NotebookResults


@dataclass(frozen=True, slots=True)
class Notebook:
    """A tutorial's notebook.

    :param expected_to_fail: whether the project expects the tutorial to fail.
    """

    tutorial: Tutorial
    file: Path
    cells: tuple[Cell, ...]
    expected_to_fail: bool


@dataclass(frozen=True, slots=True)
class NotebookRuns:
    """How notebooks are proven.

    :param jobs: how many at a time.
    :param timeout: seconds for one whose tutorial declares none.
    :param seconds: the last known ones by the tutorial's path.
    """

    results: NotebookResults
    jobs: int
    timeout: float
    seconds: Mapping[str, float]

    def key(self, notebook: Notebook) -> str:
        """The name of a run in the cache."""
        data = notebook.file.read_bytes()
        return self.results.key(data, expected_to_fail=notebook.expected_to_fail)

    def plan(
        self,
        notebooks: Mapping[str, Notebook],
        tutorials: Sequence[Tutorial],
        selected: Callable[[Tutorial], bool],
        lacking: Collection[str],
    ) -> list[Step]:
        """What happens to each notebook.

        :param notebooks: by the tutorial's path.
        """

        def standing(tutorial: Tutorial) -> CacheStatus:
            if self.results.load(self.key(notebooks[tutorial.path])) is not None:
                return CacheStatus(valid=True, reason="unchanged")
            known = tutorial.path in self.seconds
            return CacheStatus(valid=False, reason="changed" if known else "never executed")

        def chosen(tutorial: Tutorial) -> bool:
            return tutorial.path in notebooks and selected(tutorial)

        return make_plan(tutorials, chosen, lacking, standing, restores_others=False)

    def run(
        self, steps: Sequence[Step], notebooks: Mapping[str, Notebook], watcher: Listener
    ) -> None:
        """Do what the plan says, and tell of each step."""
        pending: dict[Tutorial, Step] = {}
        for step in steps:
            result = None
            if step.action is Action.RESTORE:
                result = self.results.load(self.key(notebooks[step.tutorial.path]))
            if result is not None:
                watcher.done(step, result)
            elif step.action in (Action.EXECUTE, Action.RESTORE):
                pending[step.tutorial] = replace(step, action=Action.EXECUTE)
            else:
                skipped = step.action is Action.SKIP
                watcher.done(step, Result(Status.SKIPPED if skipped else Status.NOT_RUN))
        queue = [notebooks[entry.path] for entry in longest_first(list(pending), self.seconds)]
        keys = {notebook.tutorial: self.key(notebook) for notebook in queue}
        for notebook, event in self._events(queue):
            step = pending[notebook.tutorial]
            if isinstance(event, int):
                watcher.started(step, event)
                continue
            result = _judge(notebook, event)
            if result.status is Status.PASSED:
                self.results.keep(keys[notebook.tutorial], result)
            watcher.done(step, result)
        self.results.prune()

    def _events(self, queue: Sequence[Notebook]) -> Iterator[tuple[Notebook, int | Result]]:
        """The slot of each notebook that begins, and the result of each that ends."""
        if not queue:
            return
        with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as folder:
            bases = [Path(os.path.realpath(folder)) / str(index) for index in range(len(queue))]
            orders = [
                NotebookRequest(entry.file, base) for entry, base in zip(queue, bases, strict=True)
            ]
            jobs = [
                Job(str(order.base), entry.tutorial.timeout or self.timeout)
                for order, entry in zip(orders, queue, strict=True)
            ]
            work = Work(
                jobs, lambda index: execute_notebook(orders[index]), self.jobs, warm_up, folder
            )
            with events_of(work) as events:
                for event in events:
                    index = event["index"]
                    if event["event"] == "started":
                        yield queue[index], event["slot"]
                    else:
                        reached = _reached(orders[index])
                        shutil.rmtree(orders[index].base, ignore_errors=True)
                        yield queue[index], _result(queue[index], event, reached, jobs[index])


def _result(notebook: Notebook, event: Mapping[str, Any], reached: int, job: Job) -> Result:
    answer = event["answer"]
    tail = event["tail"].rpartition(BEGUN)[2]
    failure: Failure | None
    if event["late"] or answer is None:
        late = f"took longer than {job.timeout:g} s and was ended"
        reason = late if event["late"] else how_it_died(event["code"])
        failure = stopped(notebook.cells[reached], reason, tail)
        return Result(Status.FAILED, event["elapsed"], failure=failure)
    failure = failure_of(answer, notebook.cells, str(notebook.tutorial.source), tail)
    status = Status.FAILED if failure else Status.PASSED
    return Result(status, answer["seconds"], answer["peak_memory"], failure)


def _judge(notebook: Notebook, result: Result) -> Result:
    """What a run means to the project."""
    if not notebook.expected_to_fail:
        return result
    if result.status is Status.PASSED:
        failure = Failure("passed, although expected_failing_examples lists it", 1, "")
        return replace(result, status=Status.FAILED, failure=failure)
    return replace(result, status=Status.PASSED)


def _reached(order: NotebookRequest) -> int:
    """The index of the cell that was begun last."""
    try:
        return int(order.reached.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
