"""Tutorials share the machine as they were told, the longest first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.helpers.sites import Site

from sphinx_docent.machine.cores import available_cores

SPAN = """\
    import posix, time
    with open(posix.environ[b"RUNS"].decode() + ".spans", "a") as spans:
        spans.write(f"begin {name}\\n")
    time.sleep({seconds})
    with open(posix.environ[b"RUNS"].decode() + ".spans", "a") as spans:
        spans.write(f"end {name}\\n")
    print("threads", os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"])
    print("tvm threads", os.environ["TVM_NUM_THREADS"])
    """


def spans(site: Site) -> list[tuple[str, str]]:
    """What began and ended, in order."""
    file = Path(f"{site.log}.spans")
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
    done = site.build("-D", "docent_execute=all", "-D", f"docent_jobs={jobs}", builder="pseudoxml")
    assert done.code == 0
    assert most_at_a_time(spans(site)) == jobs
    page = (site.docs / "gallery" / "t0.rst").read_text()
    share = max(1, available_cores() // jobs)
    assert f"threads {share} {share}" in page
    assert f"tvm threads {share}" in page


def test_what_is_to_run_alone_runs_in_the_end_and_with_all_cores(site: Site) -> None:
    alone = "# sphinx_gallery_parallel = False"
    for name, comments in {"a": alone, "b": "", "c": "", "d": alone}.items():
        site.tutorial(name, SPAN.format(name=name, seconds=0.3), comments=comments)
    jobs = available_cores() + 1
    done = site.build("-D", "docent_execute=all", "-D", f"docent_jobs={jobs}", builder="pseudoxml")
    assert done.code == 0
    rows = spans(site)
    assert {name for _, name in rows[:4]} == {"b", "c"}
    assert most_at_a_time(rows[:4]) == 2
    assert most_at_a_time(rows[4:]) == 1
    assert f"tvm threads {available_cores()}" in (site.docs / "gallery" / "a.rst").read_text()
    assert "tvm threads 1" in (site.docs / "gallery" / "b.rst").read_text()


def test_what_the_user_says_of_threads_is_kept(site: Site) -> None:
    site.tutorial("t", SPAN.format(name="t", seconds=0))
    site.build("-D", "docent_execute=all", builder="pseudoxml", env={"OMP_NUM_THREADS": "7"})
    page = (site.docs / "gallery" / "t.rst").read_text()
    assert "threads 7 1" in page  # as many jobs as cores: one thread each


def test_the_longest_known_begins_first(site: Site) -> None:
    seconds = {"a": 0.0, "b": 0.3, "c": 0.15, "d": 0.6}
    for name, length in seconds.items():
        site.tutorial(name, SPAN.format(name=name, seconds=length))
    options = ("-D", "docent_execute=all", "-D", "docent_jobs=1")
    site.build(*options, builder="pseudoxml")
    spans(site)
    known = json.loads((site.state / "cache" / "durations.json").read_bytes())
    assert known["/docs/tutorials/d.py"] >= 0.6
    for name in seconds:
        site.append(f"docs/tutorials/{name}.py", "\n# Changed.\n")
    site.build(*options, builder="pseudoxml")
    begun = [name for event, name in spans(site) if event == "begin"]
    assert begun == ["d", "b", "c", "a"]
