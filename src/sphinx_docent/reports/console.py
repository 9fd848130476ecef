"""What a build says of tutorials and problems, on the console."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sphinx.util import logging

from ..model import Action, CacheUse, Diagnostic, IgnoredWarning, Result, Status, Step
from ..planning.shards import Shard
from ..printable import printable_text
from .outcome import cache_problem

_logger = logging.getLogger(__name__)


def log_plan(steps: Iterable[Step], what: str = "tutorials") -> None:
    """Say what is going to happen."""
    actions = Counter(step.action for step in steps)
    counts = ", ".join(f"{actions[action]} to {action}" for action in Action if actions[action])
    _say("%s: %s", what, counts or "none")


def log_shard_plan(steps: Iterable[Step], shard: Shard) -> None:
    """Say what one of several jobs is going to do."""
    count = sum(step.action is Action.EXECUTE for step in steps)
    _say("tutorials: %d to execute in shard %s, which renders nothing", count, shard)


def log_done(step: Step, result: Result, worker: str = "") -> None:
    """Say that a tutorial has ended.

    :param worker: the name of the cluster's worker that executed it.
    """
    path, where = step.tutorial.path, f" on {worker}" if worker else ""
    if result.status is Status.FAILED:
        _say("%s failed after %.1f s%s", path, result.seconds, where, color="red")
    elif step.action is Action.EXECUTE:
        _say("%s executed in %.1f s%s", path, result.seconds, where)


def log_remark(words: str) -> None:
    """Say what is no problem of any tutorial."""
    _say("%s", words, color="brown")


def log_failures(steps: Iterable[Step], results: Mapping[str, Result]) -> None:
    """Name each failure, with its traceback."""
    for step in steps:
        result = results.get(step.tutorial.path)
        if result and result.status is Status.FAILED and result.failure:
            _say("\n%s failed:", step.tutorial.path, color="red")
            _say("%s", result.failure.traceback or result.failure.message)


def log_notebooks(steps: Iterable[Step], results: Mapping[str, Result]) -> None:
    """Say in one line how the notebooks did, and why some were not executed."""
    counts: Counter[str] = Counter()
    for step in steps:
        result = results.get(step.tutorial.path, Result(Status.NOT_RUN))
        if step.action is Action.SKIP:
            _say("%s skipped: %s", step.tutorial.path, step.reason)
        kind = "not selected" if step.action is Action.RENDER else str(result.status)
        counts["known to run" if step.action is Action.RESTORE else kind] += 1
    words = [f"{count} {kind}" for kind, count in counts.items()]
    _say("notebooks: %s", ", ".join(words) or "none")


def log_unproven(kept_by_kernel: Mapping[str, Sequence[str]]) -> None:
    """Name the notebooks whose installation proves nothing, and is tried again each time.

    :param kept_by_kernel: by the tutorial's path, what it installs and every kernel has anyway.
    """
    for path, names in kept_by_kernel.items():
        if names:
            words = "%s: not counted as proven: the kernel itself needs %s, which it installs"
            _say(words, path, ", ".join(names), color="brown")


def log_impossible(steps: Iterable[Step]) -> None:
    """Name what falls to shards like this one, and none of them can do."""
    for step in steps:
        if step.action is Action.SKIP:
            _say(
                "%s: no machine of this kind executes it: %s",
                step.tutorial.path,
                step.reason,
                color="brown",
            )


def log_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    """List what is wrong, each in one line."""
    _say("")
    for found in diagnostics:
        _say("%s", str(found))
    files = len({found.file for found in diagnostics})
    _say("%s, in %s", _count(len(diagnostics), "problem"), _count(files, "file"))


def log_unused_ignores(entries: Iterable[IgnoredWarning]) -> None:
    """Name the entries of ``docent_ignored_warnings`` that nothing matches any more."""
    for entry in entries:
        _say(
            "docent_ignored_warnings: nothing matches %s any more; take it out",
            repr(entry.pattern.pattern),
            color="brown",
        )


def log_cache_problem(cache: CacheUse) -> None:
    """Say what went wrong with the shared cache: no page is wrong because of it, so it is no
    warning that could fail the build.
    """
    if cache.problem:
        _say("%s [docent.cache]", cache_problem(cache), color="brown")


def _say(message: str, *words: object, color: str | None = None) -> None:
    """Print a message, with what others have named or written made printable."""
    shown = (printable_text(word) if isinstance(word, str) else word for word in words)
    _logger.info(message, *shown, color=color)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
