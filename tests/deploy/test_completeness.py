"""A site is complete if a full build found no problem and left no tutorial unexecuted."""

from __future__ import annotations

from dataclasses import replace

from sphinx_docent.built_site.build_info import BuildInfo
from sphinx_docent.deploy.completeness import reasons_against

COMPLETE = BuildInfo(
    project="site",
    builder="html",
    selection="all",
    base_url="",
    colab={},
    commit="",
    problems=0,
    tutorials={"gallery/one": ("passed", "never executed"), "gallery/gpu": ("skipped", "needs")},
)


def test_nothing_speaks_against_a_complete_site() -> None:
    assert reasons_against(COMPLETE) == []


def test_each_reason_is_told() -> None:
    failed = {f"gallery/t{number}": ("failed", "") for number in range(5)}
    facts = replace(
        COMPLETE,
        selection="one\ntwo",
        problems=2,
        tutorials={"gallery/late": ("not run", ""), **failed},
    )
    assert reasons_against(facts) == [
        "not built by docs_full (executed: one two)",
        "its build found 2 problems",
        "5 tutorials failed: gallery/t0, gallery/t1, gallery/t2, and 2 more",
        "1 tutorial not executed: gallery/late",
    ]


def test_what_the_project_never_executes_is_not_missed() -> None:
    never = {"gallery/long": ("not run", "not matched by sphinx-gallery's filename_pattern")}
    plain = replace(COMPLETE, selection="as sphinx-gallery is configured", tutorials=never)
    assert reasons_against(plain) == []
    assert reasons_against(replace(plain, selection="all")) == [
        "1 tutorial not executed: gallery/long"
    ]
    assert reasons_against(replace(plain, selection="none"))[0].startswith("not built by docs_full")


def test_a_pattern_that_left_nothing_out_is_complete() -> None:
    assert reasons_against(replace(COMPLETE, selection="one")) == []
