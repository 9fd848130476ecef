"""Produces pages with text and code only; nothing is executed."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sphinx.util.logging import LogCollector
from sphinx.util.parallel import ParallelTasks, parallel_available

from ..gallery.configuration import GalleryConf
from ..gallery.generation import generate_page
from ..gallery.messages import as_messages
from ..model import Message, Result, Status, Tutorial
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


def generate_unexecuted(tutorial: Tutorial, conf: GalleryConf) -> tuple[Message, ...]:
    """Let sphinx-gallery write an unexecuted page; its warnings are returned, not printed."""
    collector = LogCollector()
    with collector.collect():
        generate_page(tutorial.source, tutorial.target_dir, conf, execute=False)
    warnings = [record for record in collector.logs if record.levelno >= logging.WARNING]
    return as_messages(warnings, tutorial.source)


def _render(tutorial: Tutorial, context: BuildContext, earlier: EarlierFiles) -> Result:
    earlier.clear(tutorial)
    result = Result(Status.NOT_RUN, messages=generate_unexecuted(tutorial, context.conf))
    hand_over(tutorial)
    keep(context.keys.rendered(tutorial), tutorial, result, context)
    return result
