"""Produces the page of every tutorial as the plan says, before sphinx-gallery looks.

Whatever the plan says, each page ends in its place with the mark by which sphinx-gallery takes
it as up to date; sphinx-gallery then makes the indexes, thumbnails and archives from them.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from sphinx.util.logging import LogCollector, getLogger
from sphinx.util.parallel import ParallelTasks, parallel_available

from ..cache.inputs import NO_INPUTS, Inputs, changes, collect_inputs
from ..cache.keys import CacheKeys, declared_files
from ..cache.page_writer import write_files
from ..cache.project_state import ProjectState
from ..cache.store import Cache, Entry
from ..cluster.options import ClusterOptions
from ..execution.answer import Observed
from ..execution.options import ExecutionOptions
from ..execution.outcomes import Started
from ..gallery import sphinx_gallery as gallery
from ..model import Action, Failure, Message, Result, Status, Step, Tutorial
from ..planning.plan import CacheStatus, longest_first
from .executors import execute

_FEW = 8
_FIXED_TIME = 315619200  # 1980-01-02: archives hold times, and no zip holds earlier ones


class BuildListener(Protocol):
    """Is told what happens."""

    def started(self, step: Step, slot: int, worker: str = "") -> None:
        """A tutorial begins to execute, on one of the workers.

        :param worker: its name, empty on this machine.
        """

    def done(self, step: Step, result: Result) -> None:
        """A step has ended."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What producing pages needs.

    :param conf: sphinx-gallery's settings.
    :param seconds: the last known execution time of each tutorial by path.
    :param valid: the entries that :meth:`standing` found, by the tutorial's path.
    :param opened: when, in nanoseconds; what was edited later may have been seen before.
    """

    conf: gallery.GalleryConf
    cache: Cache
    keys: CacheKeys
    world: ProjectState
    seconds: Mapping[str, float]
    valid: dict[str, Entry] = field(default_factory=dict)
    opened: int = field(default_factory=time.time_ns)

    def look_up(self, tutorials: Iterable[Tutorial]) -> None:
        """Ask others, all at once, for what this machine has no valid result of."""
        if self.cache.asks_others:
            unknown = [entry for entry in tutorials if not self.cache_status(entry).valid]
            self.cache.look_up({self.keys.executed(entry): entry.source.stem for entry in unknown})

    def fetch(self, steps: Iterable[Step]) -> None:
        """Bring what is to be restored and lies elsewhere."""
        wanted = [step.tutorial.path for step in steps if step.action is Action.RESTORE]
        come = self.cache.fetch([self.valid[path] for path in wanted])
        for path in wanted:
            self.valid[path] = come.get(self.valid[path].path, self.valid[path])

    def cache_status(self, tutorial: Tutorial) -> CacheStatus:
        """Whether the cache holds a valid result of executing a tutorial, and why not."""
        reason = "changed" if tutorial.path in self.seconds else "never executed"
        for record in self.cache.entries(self.keys.executed(tutorial), tutorial.source.stem):
            change = next(changes(record.header.inputs, self.world), None)
            if change is None:
                self.valid[tutorial.path] = record
                return CacheStatus(valid=True, reason="unchanged")
            reason = change
        return CacheStatus(valid=False, reason=reason)

    def keep(
        self, key: str, tutorial: Tutorial, result: Result, inputs: Inputs = NO_INPUTS
    ) -> str | None:
        """Keep a page as it lies in its place.

        :returns: what was wrong, where that was not possible.
        """
        files = gallery.page_files(tutorial.target)
        try:
            place = self.cache.store(key, result, tutorial.target_dir, files, inputs)
            if place is not None and inputs is not NO_INPUTS:
                self.cache.share(key, place)
        except OSError as error:
            return f"cannot be kept in {self.cache.folder}: {error.strerror or error}"
        return None


def produce_pages(
    steps: Sequence[Step],
    shop: PageContext,
    crew: ExecutionOptions,
    watcher: BuildListener,
    cluster: ClusterOptions | None = None,
) -> None:
    """Produce all pages."""
    shop.fetch(steps)
    sources = [step.tutorial.source for step in steps]
    present = _Present([step.tutorial for step in steps])
    pending: dict[Tutorial, Step] = {}
    unexecuted: list[Step] = []
    for step in steps:
        if step.action is Action.EXECUTE:
            pending[step.tutorial] = step
        elif step.action is Action.RESTORE:
            record = shop.valid[step.tutorial.path]
            result = _put_back(step.tutorial, record, shop, present)
            if result is not None:
                watcher.done(step, result)
            else:  # a file of the entry is damaged
                pending[step.tutorial] = replace(
                    step, action=Action.EXECUTE, reason="its result in the cache is damaged"
                )
        else:
            unexecuted.append(step)
    results = _render([step.tutorial for step in unexecuted], shop, present, crew.jobs)
    for step in unexecuted:
        status = Status.SKIPPED if step.action is Action.SKIP else Status.NOT_RUN
        watcher.done(step, replace(results[step.tutorial], status=status))
    _execute(pending, sources, shop, present, crew, watcher, cluster)


def execute_only(
    steps: Sequence[Step],
    shop: PageContext,
    crew: ExecutionOptions,
    watcher: BuildListener,
    cluster: ClusterOptions | None = None,
) -> None:
    """Execute what is to be executed, into the cache; other pages are not produced."""
    pending = {step.tutorial: step for step in steps if step.action is Action.EXECUTE}
    tutorials = [step.tutorial for step in steps]
    sources = [tutorial.source for tutorial in tutorials]
    _execute(pending, sources, shop, _Present(tutorials), crew, watcher, cluster)


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


def _execute(
    pending: Mapping[Tutorial, Step],
    sources: Iterable[Path],
    shop: PageContext,
    present: _Present,
    crew: ExecutionOptions,
    watcher: BuildListener,
    cluster: ClusterOptions | None,
) -> None:
    by_folder: dict[Path, list[Path]] = {}
    for source in sources:
        by_folder.setdefault(source.parent, []).append(source)
    for tutorial in pending:
        present.clear(tutorial)

    def linked(tutorial: Tutorial) -> tuple[Path, ...]:
        return tuple(path for path in by_folder[tutorial.source.parent] if path != tutorial.source)

    queue = longest_first(list(pending), shop.seconds)
    for event in execute(queue, shop.conf, crew, cluster, linked):
        step = pending[event.tutorial]
        if isinstance(event, Started):
            watcher.started(step, event.slot, event.worker)
            continue
        result = _judge(event.tutorial, event.result, shop)
        if event.observed is not None:
            _keep(event.tutorial, result, event.observed, shop)
        watcher.done(step, result)
        if result.status is Status.FAILED and shop.conf["abort_on_example_error"]:
            return


def _judge(tutorial: Tutorial, result: Result, shop: PageContext) -> Result:
    """What an execution means to the project; the page is handed to sphinx-gallery."""
    expected = shop.keys.expects_failure(tutorial)
    if not tutorial.target.with_suffix(".rst").is_file():
        _generate(tutorial, shop)
    _hand_over(tutorial)
    if result.status is Status.PASSED and expected:
        failure = Failure("passed, although expected_failing_examples lists it", 1, "")
        return replace(result, status=Status.FAILED, failure=failure)
    if result.status is Status.FAILED and expected:
        return replace(result, status=Status.PASSED)
    return result


def _keep(tutorial: Tutorial, result: Result, seen: Observed, shop: PageContext) -> None:
    """Keep a page that is good, unless something it used was edited meanwhile."""
    if result.status is not Status.PASSED:
        return
    used = [*seen.files, str(tutorial.source), *declared_files(tutorial)]
    if any(_changed_since(path, shop.opened) for path in used):
        return
    inputs = collect_inputs(seen.files, seen.folders, seen.modules, shop.world)
    problem = shop.keep(shop.keys.executed(tutorial), tutorial, result, inputs)
    if problem:
        emit([Message(problem, "docent", "cache", str(tutorial.source))])


def _changed_since(path: str, began: int) -> bool:
    try:
        return os.stat(path).st_mtime_ns > began
    except OSError:
        return False


def _put_back(
    tutorial: Tutorial, record: Entry, shop: PageContext, present: _Present
) -> Result | None:
    files = shop.cache.read(record)
    if files is None:
        return None
    present.clear(tutorial, keep=files)
    write_files(files, tutorial.target_dir)
    _hand_over(tutorial)
    return record.header.result


def _render(
    tutorials: Sequence[Tutorial], shop: PageContext, present: _Present, jobs: int
) -> dict[Tutorial, Result]:
    """Text and code only; what an earlier build rendered of the same source is the same."""
    results: dict[Tutorial, Result] = {}
    for tutorial in tutorials:
        records = shop.cache.entries(shop.keys.rendered(tutorial), tutorial.source.stem)
        kept = (_put_back(tutorial, record, shop, present) for record in records)
        result = next((result for result in kept if result is not None), None)
        if result is not None:
            results[tutorial] = result
    new = [tutorial for tutorial in tutorials if tutorial not in results]

    def render(chunk: Sequence[Tutorial]) -> list[Result]:
        return [_render_one(tutorial, shop, present) for tutorial in chunk]

    def rendered(chunk: Sequence[Tutorial], done: Sequence[Result]) -> None:
        results.update(zip(chunk, done, strict=True))

    if parallel_available and jobs > 1 and len(new) > _FEW:
        tasks = ParallelTasks(jobs)
        size = max(1, len(new) // (4 * jobs))
        for start in range(0, len(new), size):
            tasks.add_task(render, new[start : start + size], rendered)
        tasks.join()
    else:
        rendered(new, render(new))
    return results


def _render_one(tutorial: Tutorial, shop: PageContext, present: _Present) -> Result:
    present.clear(tutorial)
    result = Result(Status.NOT_RUN, messages=_generate(tutorial, shop))
    _hand_over(tutorial)
    shop.keep(shop.keys.rendered(tutorial), tutorial, result)
    return result


def _generate(tutorial: Tutorial, shop: PageContext) -> tuple[Message, ...]:
    """Let sphinx-gallery write an unexecuted page; its warnings are returned, not printed."""
    collector = LogCollector()
    with collector.collect():
        gallery.generate(tutorial.source, tutorial.target_dir, shop.conf, execute=False)
    warnings = [record for record in collector.logs if record.levelno >= logging.WARNING]
    return gallery.as_messages(warnings, tutorial.source)


def _hand_over(tutorial: Tutorial) -> None:
    for ending in (".py", ".ipynb"):
        path = tutorial.target.with_suffix(ending)
        if path.is_file():
            os.utime(path, (_FIXED_TIME, _FIXED_TIME))
    gallery.mark(tutorial.target)


class _Present:
    """What earlier builds have left in the generated folders; each is looked at once."""

    def __init__(self, tutorials: Iterable[Tutorial]) -> None:
        self._stems: dict[Path, set[str]] = {}
        for tutorial in tutorials:
            self._stems.setdefault(tutorial.target_dir, set()).add(tutorial.source.stem)
        self._files: dict[Path, dict[str, list[Path]]] = {}

    def clear(self, tutorial: Tutorial, keep: Collection[str] = ()) -> None:
        """Remove what another mode has left of a page."""
        gallery.unmark(tutorial.target)
        folder = tutorial.target_dir
        if folder not in self._files:
            self._files[folder] = gallery.files_by_page(folder, self._stems[folder])
        for file in self._files[folder][tutorial.source.stem]:
            if file.relative_to(folder).as_posix() not in keep:
                file.unlink(missing_ok=True)
