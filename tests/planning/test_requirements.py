"""What this machine cannot execute is skipped, and the plan says what is missing."""

from __future__ import annotations

from tests.helpers.tutorials import tutorial

from sphinx_docent.model import Action
from sphinx_docent.planning.requirements import devices, needs, skip_if_missing


def test_what_a_tutorial_does_not_need_may_be_missing() -> None:
    entry = tutorial("a", "cuda", "torch")
    assert skip_if_missing(entry, {"jax"}) is None
    step = skip_if_missing(entry, {"jax", "torch"})
    assert step is not None
    assert (step.tutorial, step.action, step.missing) == (entry, Action.SKIP, ("torch",))


def test_a_reason_names_all_that_is_missing() -> None:
    assert needs(["cuda", "torch"]) == "needs `cuda`, `torch`"


def test_a_device_is_what_only_a_function_can_tell() -> None:
    assert devices({"board": lambda: True, "alias": "json", "absent": False}) == {"cuda", "board"}
    assert devices({"cuda": False}) == set()
