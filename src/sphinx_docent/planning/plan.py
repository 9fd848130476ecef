"""Decides, for every tutorial, what a build does with it. Pure: it looks at nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ..model import Action, Step, Tutorial
from .requirements import skip_if_missing

UNMATCHED = "not matched by sphinx-gallery's filename_pattern"
"""Why a tutorial is not selected, where nobody has selected any."""


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
        return skip_if_missing(tutorial, lacking) or Step(tutorial, Action.EXECUTE, known.reason)

    return [step(tutorial) for tutorial in tutorials]
