"""The part of a build that executes notebooks: which, and how they did."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders.notebooks import NotebooksBuilder
from ..cache.durations import load_durations, save_durations
from ..cache.store import Cache
from ..gallery.configuration import expected_failures
from ..gallery.source_text import read_lines
from ..machine.requirements import missing_here
from ..model import Action, Result, Status, Step, Tutorial
from ..notebook_runs.needed_packages import require_packages
from ..notebook_runs.notebook import Notebook
from ..notebook_runs.results import Leftover, NotebookResults
from ..notebook_runs.runs import NotebookRuns
from ..notebooks.cells import Cell
from ..notebooks.pip_command import name_of
from ..notebooks.rst_leftovers import RstLeftover, find_rst_leftovers
from ..planning.expected_failures import expected_by
from ..reports import console
from ..reports.outcome import Span
from ..reports.progress import Progress
from ..reports.recording import Recording
from ..reports.sphinx_warnings import warn_of_failure, warn_of_rst_leftover
from ..settings import Settings
from ..site.tutorial_notebook import cells_of, notebook_file
from .plan import selector

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .galleries import Galleries
    from .stages import Produced

_DURATIONS = "notebook-durations.json"


@dataclass(frozen=True, slots=True)
class NotebookRun:
    """How the notebooks did.

    :param results: by the tutorial's path.
    :param failed: whether a notebook holds reST, or does not run where failures count.
    """

    steps: Sequence[Step]
    results: Mapping[str, Result]
    spans: Sequence[Span]
    failed: bool


def choose_notebooks(app: Sphinx, settings: Settings, galleries: Galleries) -> None:
    """Tell the builder which pages' notebooks are wanted.

    :raises DocentError: notebooks cannot be executed here, or a pattern matches nothing.
    """
    require_packages()
    selected = selector(galleries, settings, app.config.sphinx_gallery_conf)
    if isinstance(app.builder, NotebooksBuilder):
        app.builder.wanted = {entry.page for entry in galleries.tutorials if selected(entry)}


def run_notebooks(app: Sphinx, build: Produced) -> NotebookRun:
    """Execute the notebooks that are not known to run, and warn of those that do not."""
    settings = build.prepared.settings
    state = Cache(build.prepared.state)
    seconds = load_durations(state, _DURATIONS)
    results = NotebookResults(
        settings.cache.folder / "notebooks", settings.notebooks_expire * 3600, time.time()
    )
    runs = NotebookRuns(results, settings.jobs, settings.timeout, seconds)
    wanted = _wanted(app, build)
    notebooks = _notebooks(app, build, wanted)
    leftovers = sum(_warn_of_leftovers(notebook, results) for notebook in notebooks.values())
    lacking = missing_here((name for entry in wanted for name in entry.requires), settings.probes)
    planned = runs.plan(notebooks, build.galleries.tutorials, wanted.__contains__, lacking)
    recording = Recording(Progress(planned, seconds, settings.jobs))
    console.log_plan(planned, "notebooks")
    with recording.progress.show():
        runs.run(planned, notebooks, recording)
    steps = [recording.steps.get(step.tutorial.path, step) for step in planned]
    only_warn = bool(app.config.sphinx_gallery_conf["only_warn_on_example_error"])
    for step in steps:
        result = recording.results.get(step.tutorial.path)
        if result is not None:
            warn_of_failure(step, result, only_warn=only_warn, what="notebook", subtype="notebook")
    console.log_unproven(
        {path: sorted(entry.hidden.impossible) for path, entry in notebooks.items()}
    )
    save_durations(state, seconds, _seconds(steps, recording.results), _DURATIONS)
    ends = {result.status for result in recording.results.values()}
    failed = leftovers > 0 or (Status.FAILED in ends and not only_warn)
    return NotebookRun(steps, recording.results, recording.spans, failed)


def _wanted(app: Sphinx, build: Produced) -> list[Tutorial]:
    """The tutorials whose notebooks were asked for and made."""
    pages = app.builder.wanted if isinstance(app.builder, NotebooksBuilder) else ()
    return [
        tutorial
        for tutorial in build.galleries.tutorials
        if tutorial.page in pages and notebook_file(app, tutorial).is_file()
    ]


def _notebooks(app: Sphinx, build: Produced, wanted: Iterable[Tutorial]) -> dict[str, Notebook]:
    """The notebooks of tutorials, by the tutorial's path."""
    listed = expected_failures(app.config.sphinx_gallery_conf)
    own = build.prepared.notebooks.own
    return {
        tutorial.path: Notebook(
            tutorial=tutorial,
            file=Path(notebook_file(app, tutorial)),
            cells=cells_of(app, tutorial),
            expected_by=expected_by(tutorial, listed=tutorial.source.resolve() in listed),
            project=(name_of(own.word) or "") if own is not None else "",
        )
        for tutorial in wanted
    }


def _warn_of_leftovers(notebook: Notebook, results: NotebookResults) -> int:
    """Warn of reST in a notebook's text, and count it."""
    found = results.leftovers(notebook.file.read_bytes(), lambda: _leftovers(notebook.cells))
    source = notebook.tutorial.source
    rows = read_lines(source) if found else []
    for number, row, kind, text in found:
        line = _holding(rows, notebook.cells[number].line(1), text)
        warn_of_rst_leftover(RstLeftover(row, kind, text), source, line)
    return len(found)


def _leftovers(cells: Iterable[Cell]) -> Iterator[Leftover]:
    for number, cell in enumerate(cells):
        for found in find_rst_leftovers(cell.source) if cell.kind == "markdown" else ():
            yield number, found.row, found.kind, found.text


def _seconds(steps: Sequence[Step], results: Mapping[str, Result]) -> dict[str, float]:
    """What executing took, of the notebooks that ran now and were good."""
    return {
        step.tutorial.path: results[step.tutorial.path].seconds
        for step in steps
        if step.action is Action.EXECUTE
        and step.tutorial.path in results
        and results[step.tutorial.path].status is Status.PASSED
    }


def _holding(rows: Sequence[str], first: int, text: str) -> int:
    """The line, from one on, that holds a text; the one itself if none does."""
    below = range(first, len(rows) + 1)
    return next((number for number in below if text in rows[number - 1]), first)
