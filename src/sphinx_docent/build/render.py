"""Produces pages with text and code only; nothing is executed."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sphinx.util.logging import LogCollector
from sphinx.util.parallel import ParallelTasks, parallel_available

from ..execution.failure_message import cannot_be_taken
from ..gallery.configuration import GalleryConf
from ..gallery.generation import generate_page
from ..gallery.messages import as_messages
from ..gallery.page_files import page_files
from ..model import Result, Status, Tutorial
from .context import BuildContext
from .earlier_files import EarlierFiles
from .restore import hand_over, keep, restore

_FEW = 8


def render(
    tutorials: Sequence[Tutorial], context: BuildContext, earlier: EarlierFiles, jobs: int
) -> dict[Tutorial, Result]:
    """Produce the pages; what an earlier build rendered of the same source is the same."""
    results: dict[Tutorial, Result] = {}
    for tutorial in tutorials:
        entries = context.cache.entries(context.keys.rendered(tutorial), tutorial.source.stem)
        restored = (restore(tutorial, entry, context.cache, earlier) for entry in entries)
        result = next((result for result in restored if result is not None), None)
        if result is not None:
            results[tutorial] = result
    new = [tutorial for tutorial in tutorials if tutorial not in results]

    def render_all(chunk: Sequence[Tutorial]) -> list[Result]:
        return [_render(tutorial, context, earlier) for tutorial in chunk]

    def rendered(chunk: Sequence[Tutorial], done: Sequence[Result]) -> None:
        results.update(zip(chunk, done, strict=True))

    if parallel_available and jobs > 1 and len(new) > _FEW:
        tasks = ParallelTasks(jobs)
        size = max(1, len(new) // (4 * jobs))
        for start in range(0, len(new), size):
            tasks.add_task(render_all, new[start : start + size], rendered)
        tasks.join()
    else:
        rendered(new, render_all(new))
    return results


def generate_unexecuted(tutorial: Tutorial, conf: GalleryConf) -> Result:
    """Let sphinx-gallery write an unexecuted page; its warnings are returned, not printed.

    :returns: with a failure, and there is no page, where sphinx-gallery cannot take the script.
    """
    collector = LogCollector()
    try:
        with collector.collect():
            generate_page(tutorial.source, tutorial.target_dir, conf, execute=False)
    except Exception as error:
        for file in page_files(tutorial.target):
            file.unlink(missing_ok=True)
        return Result(Status.NOT_RUN, failure=cannot_be_taken(error))
    warnings = [record for record in collector.logs if record.levelno >= logging.WARNING]
    return Result(Status.NOT_RUN, messages=as_messages(warnings, tutorial.source))


def _render(tutorial: Tutorial, context: BuildContext, earlier: EarlierFiles) -> Result:
    earlier.clear(tutorial)
    result = generate_unexecuted(tutorial, context.conf)
    if result.failure is not None:
        return result
    hand_over(tutorial)
    keep(context.keys.rendered(tutorial), tutorial, result, context)
    return result
