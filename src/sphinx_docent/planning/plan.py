"""Decides, for every tutorial, what a build does with it. Pure: it looks at nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ..model import Action, Step, Tutorial


@dataclass(frozen=True, slots=True)
class CacheStatus:
    """How the cache stands to a tutorial.

    :param valid: whether it holds a result whose inputs are unchanged.
    :param reason: why, in words.
    """

    valid: bool
    reason: str


def make_plan(
    tutorials: Iterable[Tutorial],
    selected: Callable[[Tutorial], bool],
    lacking: Collection[str],
    standing: Callable[[Tutorial], CacheStatus],
    *,
    restores_others: bool,
) -> list[Step]:
    """The step of every tutorial, in the tutorials' order.

    :param selected: whether a tutorial may execute.
    :param lacking: the requirements that this machine does not meet.
    :param restores_others: whether a valid result of a tutorial that is not selected is shown.
    """

    def step(tutorial: Tutorial) -> Step:
        if not selected(tutorial):
            if restores_others and standing(tutorial).valid:
                return Step(tutorial, Action.RESTORE, "not selected; its result is valid")
            return Step(tutorial, Action.RENDER, "not selected")
        known = standing(tutorial)
        if known.valid:  # wherever it was executed
            return Step(tutorial, Action.RESTORE, known.reason)
        missing = tuple(name for name in tutorial.requires if name in lacking)
        if missing:
            return Step(tutorial, Action.SKIP, needs(missing), missing)
        return Step(tutorial, Action.EXECUTE, known.reason)

    return [step(tutorial) for tutorial in tutorials]


def longest_first(tutorials: Sequence[Tutorial], seconds: Mapping[str, float]) -> list[Tutorial]:
    """The order in which to execute: the longest first, unknown ones as the median.

    :param seconds: the last known ones by path.
    """
    known = [seconds[entry.path] for entry in tutorials if entry.path in seconds]
    usual = median(known) if known else 0.0
    return sorted(tutorials, key=lambda entry: -seconds.get(entry.path, usual))


def needs(missing: Iterable[str]) -> str:
    """The reason why a tutorial was skipped: ``needs `cuda`, `torch```."""
    return "needs " + ", ".join(f"`{name}`" for name in missing)
