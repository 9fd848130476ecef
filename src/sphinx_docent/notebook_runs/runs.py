"""Which notebooks are executed because they are not known to run, and how they did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Action, Result, Status, Step, Tutorial
from ..planning.expected_failures import judge
from ..planning.plan import CacheStatus, make_plan
from ..planning.schedule import longest_first
from ..reports.recording import Listener
from .executor import NotebookStarted, execute_notebooks
from .notebook import Notebook
from .results import NotebookResults


@dataclass(frozen=True, slots=True)
class NotebookRuns:
    """How notebooks are executed.

    :param jobs: how many at a time.
    :param timeout: seconds for one whose tutorial declares none.
    :param seconds: the last known ones by the tutorial's path.
    """

    results: NotebookResults
    jobs: int
    timeout: float
    seconds: Mapping[str, float]

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

        def cache_status(tutorial: Tutorial) -> CacheStatus:
            if self._known(notebooks[tutorial.path]) is not None:
                return CacheStatus(valid=True, reason="unchanged")
            return CacheStatus(valid=False, reason=self._reason(notebooks[tutorial.path]))

        def chosen(tutorial: Tutorial) -> bool:
            return tutorial.path in notebooks and selected(tutorial)

        return make_plan(tutorials, chosen, lacking, cache_status, restores_others=False)

    def run(
        self, steps: Sequence[Step], notebooks: Mapping[str, Notebook], listener: Listener
    ) -> None:
        """Do what the plan says, and tell of each step."""
        pending: dict[Tutorial, Step] = {}
        for step in steps:
            restored = step.action is Action.RESTORE
            result = self._known(notebooks[step.tutorial.path]) if restored else None
            if result is not None:
                listener.done(step, result)
            elif step.action in (Action.EXECUTE, Action.RESTORE):
                pending[step.tutorial] = replace(step, action=Action.EXECUTE)
            else:
                skipped = step.action is Action.SKIP
                listener.done(step, Result(Status.SKIPPED if skipped else Status.NOT_RUN))
        self._execute(pending, notebooks, listener)
        self.results.prune()

    def _execute(
        self,
        pending: Mapping[Tutorial, Step],
        notebooks: Mapping[str, Notebook],
        listener: Listener,
    ) -> None:
        queue = [notebooks[entry.path] for entry in longest_first(list(pending), self.seconds)]
        keys = {notebook.tutorial: self._key(notebook) for notebook in queue}
        for event in execute_notebooks(queue, self.jobs, self.timeout):
            notebook = event.notebook
            step = pending[notebook.tutorial]
            if isinstance(event, NotebookStarted):
                listener.started(step, event.slot)
                continue
            result = judge(event.result, notebook.expected_by)
            if result.status is Status.PASSED and not notebook.hidden.impossible:
                self.results.keep(keys[notebook.tutorial], result)
            listener.done(step, result)

    def _known(self, notebook: Notebook) -> Result | None:
        pinned = notebook.installs.is_pinned
        return self.results.load(self._key(notebook), is_pinned=pinned)

    def _reason(self, notebook: Notebook) -> str:
        if self.results.is_expired(self._key(notebook)):
            return "installs without a version, and ran long ago"
        return "changed" if notebook.tutorial.path in self.seconds else "never executed"

    def _key(self, notebook: Notebook) -> str:
        data = notebook.file.read_bytes()
        return self.results.key(data, expected_to_fail=bool(notebook.expected_by))
