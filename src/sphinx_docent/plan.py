"""Decides, for every tutorial, what a build does with it. Pure: it looks at nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from .model import Action, Step, Tutorial


def make_plan(
    tutorials: Iterable[Tutorial],
    selected: Callable[[Tutorial], bool],
    lacking: Collection[str],
    has_result: Callable[[Tutorial], bool],
) -> list[Step]:
    """The step of every tutorial, in the tutorials' order.

    :param selected: whether a tutorial may execute.
    :param lacking: the requirements that this machine does not meet.
    :param has_result: whether the cache holds a valid result of a tutorial.
    """
    return [_step(tutorial, selected, lacking, has_result) for tutorial in tutorials]


def _step(
    tutorial: Tutorial,
    selected: Callable[[Tutorial], bool],
    lacking: Collection[str],
    has_result: Callable[[Tutorial], bool],
) -> Step:
    if not selected(tutorial):
        return Step(tutorial, Action.RENDER, "not selected")
    missing = tuple(name for name in tutorial.requires if name in lacking)
    if missing:
        return Step(tutorial, Action.SKIP, needs(missing), missing)
    if has_result(tutorial):
        return Step(tutorial, Action.RESTORE, "unchanged since it was executed")
    return Step(tutorial, Action.EXECUTE, "no valid result")


def needs(missing: Iterable[str]) -> str:
    """The reason why a tutorial was skipped: ``needs `cuda`, `torch```."""
    return "needs " + ", ".join(f"`{name}`" for name in missing)
