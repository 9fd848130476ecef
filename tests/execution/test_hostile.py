"""Whatever a tutorial does to its process, only that tutorial fails, and it says why."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.git import commit, git
from tests.helpers.hostile_tutorials import FAILING, HEALTHY
from tests.helpers.processes import MARK, processes
from tests.helpers.sites import Build, Site

NAME = f"hostile-{os.getpid()}"


@pytest.fixture(scope="module")
def hostile(make_site: Callable[[], Site]) -> Site:
    """A repository with all of them in one gallery."""
    site = make_site()
    site.write("docs/tutorials/data.csv", "1,2\n")
    site.configure("docent_timeout = 2")
    for name, code in HEALTHY.items():
        site.tutorial(name, code, comments="# sphinx_gallery_timeout = 60")
    for name, (code, _) in FAILING.items():
        slow = "" if "took longer" in _ else "# sphinx_gallery_timeout = 60"
        site.tutorial(name, code, comments=slow)
    commit(site)
    return site


@pytest.fixture(scope="module")
def first(hostile: Site) -> Build:
    """The first build of it."""
    return hostile.build("-D", "docent_execute=all", env={MARK: NAME}, timeout=200)


@pytest.fixture(scope="module")
def left(first: Build) -> list[str]:
    """What runs when the build has ended."""
    assert first.report
    return processes(NAME)


@pytest.fixture(scope="module")
def second(hostile: Site, left: list[str]) -> Build:
    """The next build, with nothing changed."""
    assert left == []
    return hostile.build("-D", "docent_execute=all", timeout=200)


def test_the_build_goes_to_its_end_and_fails(first: Build) -> None:
    assert first.code == 1, first.output
    assert (first.out / "gallery" / "index.html").is_file()
    assert first.report["totals"]["failed"] == len(FAILING)


@pytest.mark.parametrize("name", FAILING)
def test_each_failure_is_named_with_its_reason(first: Build, name: str) -> None:
    entry = first.tutorial(name)
    assert entry["status"] == "failed"
    assert FAILING[name][1] in entry["failure"]["message"]
    assert f"/docs/tutorials/{name}.py failed" in first.output
    assert (first.out / "gallery" / f"{name}.html").is_file()


@pytest.mark.parametrize("name", ["exception", "sys_exit", "segmentation", "spaces and ünï"])
def test_a_failure_names_the_line(first: Build, hostile: Site, name: str) -> None:
    path = f"docs/tutorials/{name}.py"
    words = {"exception": "boom", "sys_exit": "sys.exit", "segmentation": "string_at(0)"}
    assert first.tutorial(name)["failure"]["line"] == hostile.line(
        path, words.get(name, "raise KeyError")
    )


def test_no_failure_names_the_copy_that_was_executed(first: Build, hostile: Site) -> None:
    for entry in first.report["tutorials"]:
        if entry["failure"]:
            assert "docent-" not in entry["failure"]["traceback"]
    assert str(hostile.docs / "tutorials" / "exception.py") in first.text("gallery/exception")
    assert "docent-" not in first.text("gallery/exception")


def test_the_last_lines_of_output_are_shown(first: Build) -> None:
    assert "last words" in first.tutorial("os_exit")["failure"]["traceback"]


@pytest.mark.parametrize("name", HEALTHY)
def test_all_others_are_executed(first: Build, name: str) -> None:
    entry = first.tutorial(name)
    assert (entry["action"], entry["status"]) == ("execute", "passed"), entry["failure"]
    assert f"output of {name}" in first.text(f"gallery/{name}")


def test_nothing_leaks_from_one_into_another(first: Build) -> None:
    page = first.text("gallery/ok_before")
    assert "leaked False False False" in page
    assert "width 1.5 1,2" in page


def test_standard_input_is_empty(first: Build) -> None:
    assert "''" in first.text("gallery/stdin")


def test_nothing_is_left_running(left: list[str]) -> None:
    assert left == []


def test_the_repository_is_unchanged(first: Build, hostile: Site) -> None:
    assert first.runs
    assert git(hostile.root, "status", "--porcelain") == ""


def test_no_working_folder_is_left(tmp_path: Path, site: Site) -> None:
    site.tutorial("writes", 'open("made.txt", "w").write("x")\nraise ValueError')
    (tmp_path / "tmp").mkdir()
    site.build("-D", "docent_execute=all", env={"TMPDIR": str(tmp_path / "tmp")})
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_next_build_executes_the_failed_ones_alone(second: Build) -> None:
    assert second.code == 1
    again = {name for name, action in second.actions.items() if action == "execute"}
    assert again == set(FAILING)
    assert second.report["totals"]["failed"] == len(FAILING)


def test_the_next_build_has_the_same_pages(second: Build) -> None:
    for name in HEALTHY:
        assert f"output of {name}" in second.text(f"gallery/{name}")
