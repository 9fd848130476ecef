"""The plan decides one action for every tutorial, and says why."""

from __future__ import annotations

import pytest
from tests.helpers.tutorials import tutorial

from sphinx_docent.model import Action, Step, Tutorial
from sphinx_docent.planning.plan import CacheStatus, make_plan


def plan(
    entry: Tutorial,
    *,
    selected: bool = True,
    lacking: tuple[str, ...] = (),
    kept: bool = False,
    pattern: bool = False,
) -> Step:
    standing = CacheStatus(kept, "unchanged" if kept else "`data.csv` changed")
    (step,) = make_plan(
        [entry], lambda _: selected, lacking, lambda _: standing, restores_others=pattern
    )
    return step


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("lacking", [(), ("cuda",)])
def test_what_is_not_selected_is_only_rendered(lacking: tuple[str, ...], kept: bool) -> None:
    step = plan(tutorial("a", "cuda"), selected=False, lacking=lacking, kept=kept)
    assert (step.action, step.reason, step.missing) == (Action.RENDER, "not selected", ())


def test_what_lacks_something_is_skipped() -> None:
    step = plan(tutorial("a", "cuda", "torch"), lacking=("torch", "jax"))
    assert step.action is Action.SKIP
    assert step.missing == ("torch",)
    assert step.reason == "needs `torch`"


def test_what_lacks_something_is_restored_if_it_was_executed_elsewhere() -> None:
    step = plan(tutorial("a", "cuda"), lacking=("cuda",), kept=True)
    assert (step.action, step.missing) == (Action.RESTORE, ())


def test_what_has_a_result_is_restored() -> None:
    assert plan(tutorial("a"), kept=True).action is Action.RESTORE


def test_what_has_none_is_executed_and_the_reason_says_what_changed() -> None:
    step = plan(tutorial("a", "numpy"), lacking=("torch",))
    assert step.action is Action.EXECUTE
    assert step.reason == "`data.csv` changed"


def test_a_pattern_build_restores_the_others_where_it_can() -> None:
    assert plan(tutorial("a"), selected=False, pattern=True, kept=True).action is Action.RESTORE
    assert plan(tutorial("a"), selected=False, pattern=True, kept=False).action is Action.RENDER


def test_the_order_of_the_tutorials_is_kept() -> None:
    entries = [tutorial(name) for name in "cab"]
    steps = make_plan(
        entries,
        lambda entry: entry is entries[1],
        (),
        lambda _: CacheStatus(valid=False, reason=""),
        restores_others=False,
    )
    assert [step.tutorial for step in steps] == entries
    assert [step.action for step in steps] == [Action.RENDER, Action.EXECUTE, Action.RENDER]


def test_results_are_asked_for_only_where_they_matter() -> None:
    asked: list[Tutorial] = []

    def standing(entry: Tutorial) -> CacheStatus:
        asked.append(entry)
        return CacheStatus(valid=True, reason="")

    entries = [tutorial("a"), tutorial("b", "cuda"), tutorial("c")]
    make_plan(
        entries,
        lambda entry: entry is not entries[0],
        ("cuda",),
        standing,
        restores_others=False,
    )
    assert asked == entries[1:]
