"""What a build did, as data: every report is made from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import CacheUse, Diagnostic, IgnoredWarning, Result, Status, Step

_NO_RESULT = Result(Status.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Span:
    """One execution.

    :param slot: the worker, from 0.
    :param worker: its name, empty on this machine.
    :param start: seconds since the first execution began.
    :param end: likewise.
    """

    path: str
    slot: int
    start: float
    end: float
    status: str
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report is made from.

    :param shard: which part of the work was this job's; empty: all of it.
    :param started: seconds since the epoch.
    :param seconds: what the build took.
    :param selection: as it was asked for.
    :param results: by the tutorial's path.
    :param ignored: how often each entry of ``docent_ignored_warnings`` was used.
    """

    project: str
    builder: str
    shard: str
    started: float
    seconds: float
    selection: str
    steps: Sequence[Step]
    results: Mapping[str, Result]
    spans: Sequence[Span]
    diagnostics: Sequence[Diagnostic]
    ignored: Sequence[tuple[IgnoredWarning, int]]
    cache: CacheUse

    def result(self, step: Step) -> Result:
        """How a step ended; as one that was not run where that is not known."""
        return self.results.get(step.tutorial.path, _NO_RESULT)


def cache_problem(cache: CacheUse) -> str:
    """What went wrong with the shared cache, in words."""
    return f"the shared cache {cache.remote} did not do all it was asked for: {cache.problem}"
