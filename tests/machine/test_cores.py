"""Tutorials share the machine as they were told, and what runs is what the selection says."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.helpers.sites import Build, Site

from sphinx_docent.settings import available_cores

SPAN = """\
    import os, time
    with open(os.environ["RUNS"] + ".spans", "a") as spans:
        spans.write(f"begin {name}\\n")
    time.sleep({seconds})
    with open(os.environ["RUNS"] + ".spans", "a") as spans:
        spans.write(f"end {name}\\n")
    print("threads", os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"])
    print("tvm threads", os.environ["TVM_NUM_THREADS"])
    """


def spans(site: Site) -> list[tuple[str, str]]:
    """What began and ended, in order."""
    file = site.root / "runs.log.spans"
    rows = [(row.split()[0], row.split()[1]) for row in file.read_text().splitlines()]
    file.unlink()
    return rows


def most_at_a_time(rows: list[tuple[str, str]]) -> int:
    now, most = 0, 0
    for event, _ in rows:
        now += 1 if event == "begin" else -1
        most = max(most, now)
    return most


@pytest.mark.parametrize("jobs", [1, 3])
def test_as_many_run_as_were_asked_for(site: Site, jobs: int) -> None:
    for number in range(6):
        site.tutorial(f"t{number}", SPAN.format(name=f"t{number}", seconds=0.3))
    done = site.build("-D", "docent_execute=all", "-D", f"docent_jobs={jobs}", builder="dummy")
    assert done.code == 0
    assert most_at_a_time(spans(site)) == jobs
    page = (site.docs / "gallery" / "t0.rst").read_text()
    share = max(1, available_cores() // jobs)
    assert f"threads {share} {share}" in page
    assert f"tvm threads {share}" in page


def test_what_the_user_says_of_threads_is_kept(site: Site) -> None:
    site.tutorial("t", SPAN.format(name="t", seconds=0))
    site.build("-D", "docent_execute=all", builder="dummy", env={"OMP_NUM_THREADS": "7"})
    page = (site.docs / "gallery" / "t.rst").read_text()
    assert "threads 7 1" in page  # as many jobs as cores: one thread each


def test_the_longest_known_begins_first(site: Site) -> None:
    seconds = {"a": 0.0, "b": 0.3, "c": 0.15, "d": 0.6}
    for name, length in seconds.items():
        site.tutorial(name, SPAN.format(name=name, seconds=length))
    options = ("-D", "docent_execute=all", "-D", "docent_jobs=1")
    site.build(*options, builder="dummy")
    spans(site)
    known = json.loads((site.docs / "_build" / "docent" / "cache" / "durations.json").read_bytes())
    assert known["/docs/tutorials/d.py"] >= 0.6
    for name in seconds:
        site.append(f"docs/tutorials/{name}.py", "\n# Changed.\n")
    site.build(*options, builder="dummy")
    begun = [name for event, name in spans(site) if event == "begin"]
    assert begun == ["d", "b", "c", "a"]


@pytest.fixture(scope="module")
def built(make_site: Callable[[], Site]) -> tuple[Site, dict[str, Build]]:
    """All executed, one edited, then a pattern and a precheck."""
    site = make_site()
    for name in ("one", "two", "three"):
        site.tutorial(name)
    builds = {"full": site.build("-D", "docent_execute=all")}
    for name in ("one", "two"):
        site.append(f"docs/tutorials/{name}.py", "\n# Changed.\n")
    builds["pattern"] = site.build("-D", r"docent_execute=one\.py", out="pattern")
    builds["precheck"] = site.precheck()
    builds["again"] = site.build("-D", "docent_execute=all")
    return site, builds


def test_a_pattern_restores_others_whose_results_are_valid(
    built: tuple[Site, dict[str, Build]],
) -> None:
    done = built[1]["pattern"]
    assert done.runs == ["one"]
    assert done.actions == {"one": "execute", "two": "render", "three": "restore"}
    assert "output of three" in done.text("gallery/three")
    assert "output of two" not in done.text("gallery/two")


def test_a_precheck_restores_nothing(built: tuple[Site, dict[str, Build]]) -> None:
    done = built[1]["precheck"]
    assert done.runs == []
    assert set(done.actions.values()) == {"render"}


def test_a_full_build_executes_the_rest(built: tuple[Site, dict[str, Build]]) -> None:
    done = built[1]["again"]
    assert done.runs == ["two"]
    for name in ("one", "two", "three"):
        assert f"output of {name}" in done.text(f"gallery/{name}")
