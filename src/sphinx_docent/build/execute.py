"""Has the tutorials executed that are to be, and keeps what is good."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.util.logging import getLogger

from ..cache.inputs import collect_inputs
from ..cache.keys import declared_files
from ..execution.answer import Observed
from ..execution.outcomes import Started
from ..gallery.page_files import normalize_files
from ..model import Message, Result, Status, Step, Tutorial
from ..planning.expected_failures import judge
from ..planning.schedule import longest_first
from ..reports.recording import Listener
from .context import BuildContext
from .earlier_files import EarlierFiles
from .executors import Executor, execute
from .render import generate_unexecuted
from .restore import hand_over, keep


def execute_pending(
    pending: Mapping[Tutorial, Step],
    everything: Iterable[Tutorial],
    context: BuildContext,
    executor: Executor,
    listener: Listener,
) -> None:
    """Execute tutorials, the longest first, and put their pages in their places.

    :param everything: all tutorials of the galleries.
    """
    if not pending:
        return
    everything = list(everything)
    earlier = EarlierFiles(everything)
    for tutorial in pending:
        earlier.clear(tutorial)
    queue = longest_first(list(pending), context.seconds)
    for event in execute(queue, context.conf, executor, _neighbours(everything)):
        step = pending[event.tutorial]
        if isinstance(event, Started):
            listener.started(step, event.slot, event.worker)
            continue
        result = _judge(event.tutorial, event.result, context)
        if event.observed is not None:
            _keep(event.tutorial, result, event.observed, context)
        listener.done(step, result)
        if result.status is Status.FAILED and context.conf["abort_on_example_error"]:
            return


def emit(messages: Iterable[Message]) -> None:
    """Hand warnings, new or kept, to Sphinx."""
    for message in messages:
        getLogger("sphinx_gallery").warning(
            "%s",
            message.text,
            type=message.type or None,
            subtype=message.subtype or None,
            location=message.location or None,
        )


def _neighbours(tutorials: Iterable[Tutorial]) -> Any:
    """A function that gives the other scripts of a tutorial's folder."""
    by_folder: dict[Path, list[Path]] = {}
    for tutorial in tutorials:
        by_folder.setdefault(tutorial.source.parent, []).append(tutorial.source)

    def neighbours(tutorial: Tutorial) -> tuple[Path, ...]:
        return tuple(path for path in by_folder[tutorial.source.parent] if path != tutorial.source)

    return neighbours


def _judge(tutorial: Tutorial, result: Result, context: BuildContext) -> Result:
    """What an execution means to the project; the page is handed to sphinx-gallery."""
    expected = context.keys.expects_failure(tutorial)
    normalize_files(tutorial.target)
    if not tutorial.target.with_suffix(".rst").is_file():
        rendered = generate_unexecuted(tutorial, context.conf)
        if rendered.failure is not None:
            return result if result.status is Status.FAILED else rendered
    hand_over(tutorial)
    return judge(result, expected_to_fail=expected)


def _keep(tutorial: Tutorial, result: Result, seen: Observed, context: BuildContext) -> None:
    """Keep a page that is good, unless something it used was edited meanwhile."""
    if result.status is not Status.PASSED:
        return
    used = [*seen.files, str(tutorial.source), *declared_files(tutorial)]
    if any(_changed_since(path, context.opened) for path in used):
        return
    inputs = collect_inputs(seen.files, seen.folders, seen.modules, context.project)
    problem = keep(context.keys.executed(tutorial), tutorial, result, context, inputs)
    if problem:
        emit([Message(problem, "docent", "cache", str(tutorial.source))])


def _changed_since(path: str, began: int) -> bool:
    try:
        return os.stat(path).st_mtime_ns > began
    except OSError:
        return False
