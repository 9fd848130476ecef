"""Produces the page of every tutorial as the plan says, before sphinx-gallery looks.

Whatever the plan says, each page ends in its place with the mark by which sphinx-gallery takes
it as up to date; sphinx-gallery then makes the indexes, thumbnails and archives from them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..cache.changes import changes
from ..cache.inputs import Inputs
from ..cache.store import Entry
from ..model import Action, Status, Step, Tutorial
from ..reports.recording import Listener
from .context import BuildContext
from .earlier_files import EarlierFiles
from .execute import execute_pending
from .executors import Executor
from .new_layout import has_old_layout, lay_out_anew
from .render import render
from .restore import fetch, restore

_ROUNDS = 2
"""How often tutorials are executed in one build, if they change what others use."""


def produce_pages(
    steps: Sequence[Step],
    entries: Mapping[Tutorial, Entry],
    context: BuildContext,
    executor: Executor,
    listener: Listener,
) -> Mapping[Tutorial, Inputs]:
    """Restore, render and execute.

    :param entries: the valid results.
    :returns: what the tutorials that have a result were seen to use.
    """
    tutorials = [step.tutorial for step in steps]
    earlier = EarlierFiles(tutorials)
    restored = [step for step in steps if step.action is Action.RESTORE]
    brought = fetch({step.tutorial: entries[step.tutorial] for step in restored}, context.cache)
    pending = {step.tutorial: step for step in steps if step.action is Action.EXECUTE}
    for step in restored:
        entry = brought[step.tutorial]
        result = restore(step.tutorial, entry, context.cache, earlier)
        if result is not None and has_old_layout(entry, context):
            result = lay_out_anew(step.tutorial, entry, context)
        if result is not None:
            listener.done(step, result)
        else:
            reason = "its result in the cache is damaged"
            pending[step.tutorial] = replace(step, action=Action.EXECUTE, reason=reason)
    _render(steps, context, earlier, executor.options.jobs, listener)
    used = {step.tutorial: entries[step.tutorial].header.inputs for step in restored}
    for _ in range(_ROUNDS):
        used |= execute_pending(pending, tutorials, context, executor, listener)
        pending = _to_execute_again(used, steps, context) if pending else {}
    return used


def _render(
    steps: Sequence[Step],
    context: BuildContext,
    earlier: EarlierFiles,
    jobs: int,
    listener: Listener,
) -> None:
    """Make the pages of what is not executed."""
    unexecuted = [step for step in steps if step.action in (Action.RENDER, Action.SKIP)]
    rendered = render([step.tutorial for step in unexecuted], context, earlier, jobs)
    for step in unexecuted:
        result = rendered[step.tutorial]
        if step.action is Action.SKIP:
            result = replace(result, status=Status.SKIPPED)
        listener.done(step, result)


def _to_execute_again(
    used: Mapping[Tutorial, Inputs],
    steps: Sequence[Step],
    context: BuildContext,
) -> dict[Tutorial, Step]:
    """Those whose result holds no longer, since another tutorial has changed what they use.

    :param used: by those that have a result.
    """
    now = context.project.anew()
    found = {}
    for step in steps:
        inputs = used.get(step.tutorial)
        change = inputs and next(changes(inputs, now), None)
        if change:
            reason = f"{change} while others were executed"
            found[step.tutorial] = replace(step, action=Action.EXECUTE, reason=reason)
    return found


def without_page(tutorials: Iterable[Tutorial]) -> frozenset[Path]:
    """The scripts that have no page now, or are gone themselves: sphinx-gallery could not take
    them.
    """
    return frozenset(
        tutorial.source
        for tutorial in tutorials
        if not (tutorial.target.with_suffix(".rst").is_file() and tutorial.source.is_file())
    )


def execute_only(
    steps: Sequence[Step],
    context: BuildContext,
    executor: Executor,
    listener: Listener,
) -> None:
    """Execute what is to be executed, into the cache; other pages are not produced."""
    pending = {step.tutorial: step for step in steps if step.action is Action.EXECUTE}
    deque(execute_pending(pending, [step.tutorial for step in steps], context, executor, listener))
