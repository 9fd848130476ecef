"""Produces the page of every tutorial as the plan says, before sphinx-gallery looks.

Whatever the plan says, each page ends in its place with the mark by which sphinx-gallery takes
it as up to date; sphinx-gallery then makes the indexes, thumbnails and archives from them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from sphinx.util.logging import LogCollector, convert_serializable, getLogger

from . import _sphinx_gallery as gallery
from .cache import Cache, put
from .execute import Answer, execute
from .keys import Keys
from .model import Action, Failure, Message, Result, Status, Step, Tutorial

Report = Callable[[Step, Result], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What producing pages needs.

    :param conf: sphinx-gallery's settings.
    :param jobs: how many tutorials execute at a time.
    :param timeout: seconds for a tutorial that declares none.
    """

    conf: gallery.GalleryConf
    cache: Cache
    keys: Keys
    jobs: int
    timeout: float

    def has_result(self, tutorial: Tutorial) -> bool:
        """Whether the cache holds a valid result of executing a tutorial."""
        return self.cache.load(self.keys.executed(tutorial), tutorial.source.stem) is not None


def produce_pages(steps: Iterable[Step], shop: Workshop, report: Report) -> None:
    """Produce all pages.

    :param report: is told of each step as it ends.
    """
    pending: dict[Tutorial, Step] = {}
    for step in steps:
        if step.action is Action.EXECUTE:
            pending[step.tutorial] = step
        elif step.action is Action.RESTORE:
            result = _put_back(step.tutorial, shop.keys.executed(step.tutorial), shop)
            if result is None:  # it was damaged since the plan was made
                pending[step.tutorial] = replace(step, action=Action.EXECUTE)
            else:
                report(step, result)
        else:
            status = Status.SKIPPED if step.action is Action.SKIP else Status.NOT_RUN
            report(step, replace(_render(step.tutorial, shop), status=status))

    for tutorial in pending:
        _clear(tutorial)

    def produce(tutorial: Tutorial) -> Answer:
        return _generate(tutorial, shop, run=True)

    for tutorial, result in execute(pending, produce, shop.jobs, shop.timeout):
        report(pending[tutorial], _keep(tutorial, result, shop))


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


def _put_back(tutorial: Tutorial, key: str, shop: Workshop) -> Result | None:
    entry = shop.cache.load(key, tutorial.source.stem)
    if entry is None:
        return None
    _clear(tutorial, keep=entry.files)
    put(entry, tutorial.target_dir)
    gallery.mark(tutorial.target)
    return entry.result


def _render(tutorial: Tutorial, shop: Workshop) -> Result:
    """Text and code only; what an earlier build rendered of the same source is the same."""
    key = shop.keys.rendered(tutorial)
    kept = _put_back(tutorial, key, shop)
    if kept is not None:
        return kept
    _clear(tutorial)
    _, _, messages = _generate(tutorial, shop, run=False)
    gallery.mark(tutorial.target)
    result = Result(Status.NOT_RUN, messages=messages)
    shop.cache.store(key, result, tutorial.target_dir, gallery.page_files(tutorial.target))
    return result


def _keep(tutorial: Tutorial, result: Result, shop: Workshop) -> Result:
    """Judge what executing gave, keep a page that is good, and hand it to sphinx-gallery."""
    expected = tutorial.source.resolve() in gallery.expected_failures(shop.conf)
    if not tutorial.target.with_suffix(".rst").is_file():
        _generate(tutorial, shop, run=False)
    gallery.mark(tutorial.target)
    if result.status is Status.PASSED and expected:
        failure = Failure("passed, although expected_failing_examples lists it", 1, "")
        return replace(result, status=Status.FAILED, failure=failure)
    if result.status is Status.FAILED and expected:
        return replace(result, status=Status.PASSED)
    if result.status is Status.PASSED:
        key = shop.keys.executed(tutorial)
        shop.cache.store(key, result, tutorial.target_dir, gallery.page_files(tutorial.target))
    return result


def _generate(tutorial: Tutorial, shop: Workshop, *, run: bool) -> Answer:
    """Let sphinx-gallery write the page, and take its warnings instead of printing them."""
    collector = LogCollector()
    with collector.collect():
        seconds, traceback = gallery.generate(
            tutorial.source, tutorial.target_dir, shop.conf, execute=run
        )
    convert_serializable(collector.logs)
    messages = tuple(
        Message(
            text=record.getMessage().strip(),
            type=getattr(record, "type", None) or "",
            subtype=getattr(record, "subtype", None) or "",
            location=str(getattr(record, "location", None) or tutorial.source),
        )
        for record in collector.logs
        if record.levelno >= logging.WARNING and not gallery.tells_of_failure(record)
    )
    return seconds, traceback, messages


def _clear(tutorial: Tutorial, keep: Collection[str] = ()) -> None:
    """Remove what another mode has left of a page."""
    gallery.unmark(tutorial.target)
    for file in gallery.page_files(tutorial.target):
        if file.relative_to(tutorial.target_dir).as_posix() not in keep:
            file.unlink()
