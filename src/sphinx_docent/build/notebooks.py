"""The part of a build that makes and proves notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders.notebooks import NotebooksBuilder
from ..cache.durations import load_durations, save_durations
from ..cache.location import state_folder
from ..cache.store import Cache
from ..gallery import sphinx_gallery as gallery
from ..machine.requirements import missing
from ..model import Action, Status, Step, Tutorial
from ..notebook_runs.kernel import require_packages
from ..notebook_runs.results import NotebookResults
from ..notebook_runs.runs import Notebook, NotebookRuns
from ..notebooks.rst_leftovers import find_rst_leftovers
from ..reports import console as summary
from ..reports.progress import Progress
from ..reports.recording import Recording
from ..settings import Settings
from ..site.tutorial_page import cells_of, notebook_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_DURATIONS = "notebook-durations.json"


class NotebooksBuild:
    """What is known of the notebooks from one event of the build to the next.

    :param tutorials: all of them.
    :param wanted: those whose notebooks are to run.
    :raises DocentError: notebooks cannot be executed here.
    """

    def __init__(
        self,
        app: Sphinx,
        settings: Settings,
        tutorials: Sequence[Tutorial],
        wanted: Sequence[Tutorial],
    ) -> None:
        require_packages()
        self.app = app
        self.settings = settings
        self.tutorials = tutorials
        self.wanted = frozenset(wanted)
        self.steps: list[Step] = []
        self.record = Recording(Progress((), {}, 1))
        self.remains = 0
        self._expected = gallery.expected_failures(app.config.sphinx_gallery_conf)
        self._only_warn = bool(app.config.sphinx_gallery_conf["only_warn_on_example_error"])
        if isinstance(app.builder, NotebooksBuilder):
            app.builder.wanted = set(self.pages)
            app.builder.prove = self.prove

    @property
    def pages(self) -> list[str]:
        """The pages to resolve."""
        return sorted(tutorial.page for tutorial in self.wanted)

    @property
    def failed(self) -> bool:
        """Whether a notebook holds reST, or does not run and only_warn_on_example_error is off."""
        ends = {result.status for result in self.record.results.values()}
        return self.remains > 0 or (Status.FAILED in ends and not self._only_warn)

    def prove(self) -> None:
        """Execute the notebooks that are not known to run, and complain of those that do not."""
        state = Cache(state_folder(Path(self.app.srcdir)))
        seconds = load_durations(state, _DURATIONS)
        results = NotebookResults(self.settings.cache.folder / "notebooks")
        proof = NotebookRuns(results, self.settings.jobs, self.settings.timeout, seconds)
        notebooks = {
            tutorial.path: self._notebook(tutorial)
            for tutorial in self.tutorials
            if tutorial in self.wanted and notebook_file(self.app, tutorial).is_file()
        }
        for notebook in notebooks.values():
            self.remains += self._tell_remains(notebook)
        names = (name for tutorial in self.wanted for name in tutorial.requires)
        lacking = missing(names, self.settings.probes)
        planned = proof.plan(notebooks, self.tutorials, self.wanted.__contains__, lacking)
        self.record = Recording(Progress(planned, seconds, self.settings.jobs))
        summary.log_plan(planned, "notebooks")
        with self.record.progress.show():
            proof.run(planned, notebooks, self.record)
        self.steps = [self.record.steps.get(step.tutorial.path, step) for step in planned]
        for step in self.steps:
            if step.tutorial.path in self.record.results:
                result = self.record.results[step.tutorial.path]
                summary.warn_of_failure(
                    step, result, only_warn=self._only_warn, what="notebook", subtype="notebook"
                )
        executed = {step.tutorial.path for step in self.steps if step.action is Action.EXECUTE}
        save_durations(
            state,
            seconds,
            {
                path: result.seconds
                for path, result in self.record.results.items()
                if path in executed and result.status is Status.PASSED
            },
            _DURATIONS,
        )

    def _tell_remains(self, notebook: Notebook) -> int:
        """Complain of reST in a notebook's text, and count it."""
        source = notebook.tutorial.source
        rows = source.read_text(encoding="utf-8").splitlines()
        count = 0
        for cell in notebook.cells:
            for found in find_rst_leftovers(cell.source) if cell.kind == "markdown" else ():
                count += 1
                summary.warn_of_rst_leftover(
                    found, source, _holding(rows, cell.line(1), found.text)
                )
        return count

    def _notebook(self, tutorial: Tutorial) -> Notebook:
        expected = tutorial.source.resolve() in self._expected
        file = Path(notebook_file(self.app, tutorial))
        return Notebook(tutorial, file, cells_of(self.app, tutorial), expected)


def _holding(rows: Sequence[str], first: int, text: str) -> int:
    """The line, from one on, that holds a text; the one itself if none does."""
    below = range(first, len(rows) + 1)
    return next((number for number in below if text in rows[number - 1]), first)
