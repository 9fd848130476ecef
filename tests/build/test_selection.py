"""Which tutorials execute is chosen by name, by variable, or by sphinx-gallery's own settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.helpers.sites import Build, Site

VARIABLE = "TVM_TUTORIAL_EXEC_PATTERN"
NAMES = ["plot_alpha", "plot_beta", "gamma"]


@pytest.fixture(scope="module")
def three(make_site: Callable[[], Site]) -> Site:
    site = make_site()
    for name in NAMES:
        site.tutorial(name)
    return site


def fresh(site: Site, *options: str, env: dict[str, str] | None = None) -> Build:
    """Build with an empty cache, so that what is selected is what runs."""
    cache = f"_build/caches/{len(list((site.docs / '_build/caches').glob('*')))}"
    (site.docs / cache).mkdir(parents=True)
    return site.build(*options, "-D", f"docent_cache={cache}", env=env)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("all", NAMES),
        ("none", []),
        (r"/docs/tutorials/plot_", ["plot_alpha", "plot_beta"]),
        (r"gamma\.py$", ["gamma"]),
        ("gamma\\.py\nalpha", ["gamma", "plot_alpha"]),
        ("^/docs/tutorials/(gamma|plot_beta)", ["gamma", "plot_beta"]),
    ],
)
def test_a_selection_names_what_executes(three: Site, text: str, chosen: list[str]) -> None:
    build = fresh(three, "-D", f"docent_execute={text}")
    assert build.code == 0, build.output
    assert build.runs == sorted(chosen)
    assert sorted(n for n, action in build.actions.items() if action == "execute") == sorted(chosen)
    for name in NAMES:
        assert (f"output of {name}" in build.text(f"gallery/{name}")) is (name in chosen)


def test_the_variable_has_two_names(three: Site) -> None:
    assert fresh(three, env={"DOCENT_EXECUTE": "gamma"}).runs == ["gamma"]
    assert fresh(three, env={"DOCENT_EXECUTE": "gamma", VARIABLE: "beta"}).runs == ["gamma"]
    wrong = fresh(three, env={"DOCENT_EXECUTE": "delta"})
    assert wrong.code == 2
    assert "error: DOCENT_EXECUTE: the pattern 'delta' matches none of" in wrong.output


def test_the_variable_selects_in_a_plain_build(three: Site) -> None:
    build = fresh(three, env={VARIABLE: "beta"})
    assert build.runs == ["plot_beta"]
    assert build.report["selection"] == "beta"


def test_the_command_comes_before_the_variable_and_the_variable_before_the_configuration(
    site: Site,
) -> None:
    site.tutorial("one")
    site.tutorial("two")
    site.configure('docent_execute = "none"\n')
    assert site.build(env={VARIABLE: ""}).runs == []
    assert site.build(env={VARIABLE: "one"}).runs == ["one"]
    assert site.build("-D", "docent_execute=two", env={VARIABLE: "one"}).runs == ["two"]


def test_without_a_selection_the_settings_of_sphinx_gallery_decide(site: Site) -> None:
    site.tutorial("plot_one")
    site.tutorial("two")
    site.replace("docs/conf.py", '    "filename_pattern": r"\\.py$",\n', "")
    build = site.build()
    assert build.runs == ["plot_one"]
    assert build.actions == {"plot_one": "execute", "two": "render"}
    assert site.build("-D", "plot_gallery=0", "-D", "docent_cache=_build/new").runs == []


@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_pattern_that_matches_nothing_is_an_error_that_shows_the_nearest(
    three: Site, by: str
) -> None:
    if by == "option":
        build = three.build("-D", r"docent_execute=plot_alfa\.py")
    else:
        build = three.build(env={VARIABLE: r"plot_alfa\.py"})
    assert build.code == 2
    error = build.output.strip().splitlines()[-1]
    assert r"plot_alfa\\.py" in error
    assert "3 tutorials" in error
    assert "nearest: /docs/tutorials/plot_alpha.py" in error
    assert ("docent_execute" if by == "option" else VARIABLE) in error
    assert "Traceback" not in build.output


def test_each_of_several_patterns_must_match(three: Site) -> None:
    build = three.build("-D", "docent_execute=gamma\nnowhere")
    assert build.code == 2
    assert "'nowhere' matches none of the 3 tutorials" in build.output


def test_a_pattern_that_is_no_regular_expression_is_an_error(three: Site) -> None:
    build = three.build("-D", "docent_execute=*.py")
    assert build.code == 2
    assert "'*.py' is not a regular expression: nothing to repeat" in build.output
    assert "Traceback" not in build.output


def test_paths_without_a_repository_begin_above_the_source_folder(site: Site) -> None:
    (site.root / ".git").rmdir()
    site.tutorial("one")
    build = site.build("-D", "docent_execute=^/docs/tutorials/one")
    assert build.code == 0, build.output
    assert build.runs == ["one"]
