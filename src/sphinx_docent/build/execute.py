"""Has the tutorials executed that are to be, and keeps what is good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sphinx.util.logging import getLogger

from ..cache.ambient import VARIABLES, done_by_conf
from ..cache.collection import collect_inputs
from ..cache.inputs import Inputs
from ..cache.keys import declared_files
from ..execution.outcomes import Ended, Started
from ..gallery.page_files import normalize_files
from ..gallery.thumbnails import stamp_as_failed
from ..model import Message, Result, Status, Step, Tutorial
from ..planning.expected_failures import judge
from ..planning.schedule import longest_first
from ..reports.console import log_remark
from ..reports.recording import Listener
from .context import BuildContext
from .earlier_files import EarlierFiles
from .edited import Edits
from .executors import Executor, execute
from .render import generate_unexecuted
from .restore import hand_over, keep


def execute_pending(
    pending: Mapping[Tutorial, Step],
    everything: Iterable[Tutorial],
    context: BuildContext,
    executor: Executor,
    listener: Listener,
) -> Iterator[tuple[Tutorial, Inputs]]:
    """Execute tutorials, the longest first, and put their pages in their places.

    :param everything: all tutorials of the galleries.
    :returns: what those have used whose result is kept.
    """
    if not pending:
        return
    everything = list(everything)
    earlier = EarlierFiles(everything)
    for tutorial in pending:
        earlier.clear(tutorial)
    told: set[str] = set()
    queue = longest_first(list(pending), context.seconds)
    for event in execute(queue, context.conf, executor, _neighbours(everything)):
        step = pending[event.tutorial]
        if isinstance(event, Started):
            listener.started(step, event.slot, event.worker)
            continue
        has_output = event.tutorial.target.with_suffix(".rst").is_file()
        result = _judge(event.tutorial, event.result, context)
        result = replace(result, layout=context.keys.layout)
        for words in _remarks(event) - told:
            log_remark(words)
            told.add(words)
        if has_output and not event.gap and result.status is Status.PASSED:
            yield from _keep(event, result, context)
        listener.done(step, result)
        if result.status is Status.FAILED and context.conf["abort_on_example_error"]:
            return


def _remarks(event: Ended) -> set[str]:
    """What is worth saying once of how a tutorial was executed."""
    gap = f"results are shown and not kept, since not all that was read is known: {event.gap}"
    copied = f"tutorials work in copies of their folders: {event.reason}"
    return {*([gap] if event.gap else []), *([copied] if event.reason else [])}


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
    normalize_files(tutorial.target)
    if not tutorial.target.with_suffix(".rst").is_file():
        rendered = generate_unexecuted(tutorial, context.conf)
        if rendered.failure is not None:
            return result if result.status is Status.FAILED else rendered
        if result.failure is not None:
            result = replace(result, is_shown=False)
            stamp_as_failed(tutorial.source, tutorial.target_dir, context.conf)
    hand_over(tutorial)
    return judge(result, context.keys.failure_expected_by(tutorial))


def _keep(event: Ended, result: Result, context: BuildContext) -> Iterator[tuple[Tutorial, Inputs]]:
    """Keep a page, unless something that its tutorial has used was edited meanwhile."""
    tutorial, answer, project = event.tutorial, event.answer, context.project
    if answer is None:
        return
    observed = answer.observed.also("variables", context.variables)
    if observed.processes:  # which variables another program reads is not seen
        observed = observed.also("ambient", [done_by_conf(VARIABLES)])
    # Declared files were looked at when the build was planned, others when they were used.
    since_opened = Edits(context.opened, project.root, project.made)
    counted = [*declared_files(tutorial), *map(str, context.keys.named_files)]
    if any(map(since_opened.of_content, counted)):
        return
    since_began = Edits(answer.began, project.root, project.made)
    if since_began.touch(observed):
        return
    inputs = collect_inputs(observed.used, project, tutorial.source)
    if since_opened.touch(observed) or since_opened.of_distributions(project.distributions):
        # What was known of it when the build began may be old.
        now = collect_inputs(observed.used, project.anew(), tutorial.source)
        if now != inputs and since_began.of_distributions(project.distributions):
            return
        inputs = now
    key = context.keys.executed(tutorial, answer.source)
    problem = keep(key, tutorial, result, context, inputs)
    if problem:
        emit([Message(problem, "docent", "cache", str(tutorial.source))])
        return
    context.variants.add(tutorial.path, context.keys.parts(tutorial, answer.source))
    yield tutorial, inputs
