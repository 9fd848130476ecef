"""A tutorial runs in its own folder and process, and hurts nobody but itself."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest
from tests.helpers.sites import ALL, Site


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_death_or_a_hang_hurts_only_that_tutorial(site: Site, jobs: int) -> None:
    site.tutorial("exits", "os._exit(7)")
    site.tutorial("segfaults", "import signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    site.tutorial(
        "hangs",
        'import subprocess\nimport time\nsubprocess.Popen(["sleep", "3600"])\ntime.sleep(3600)',
        comments="# sphinx_gallery_timeout = 1.5",
    )
    site.tutorial("quits", "raise SystemExit(3)")
    for name in ("alpha", "omega"):
        site.tutorial(name)
    started = time.monotonic()
    build = site.build(*ALL, "-D", f"docent_jobs={jobs}", timeout=60)
    assert time.monotonic() - started < 30
    assert build.code == 1
    messages = {
        name: build.tutorial(name)["failure"]["message"] for name in ("exits", "segfaults", "hangs")
    }
    assert "exit code 7" in messages["exits"]
    assert "SIGSEGV" in messages["segfaults"]
    assert "took longer than 1.5 s" in messages["hangs"]
    assert build.is_executed("alpha", "omega")
    assert build.is_unexecuted("exits", "segfaults", "hangs")
    assert "What quits is about." in build.text("gallery/quits")


def test_a_timeout_is_the_projects_and_may_be_endless(site: Site) -> None:
    site.tutorial("slow", "import time\ntime.sleep(3600)")
    build = site.build(*ALL, "-D", "docent_timeout=1", timeout=60)
    assert "took longer than 1 s" in build.tutorial("slow")["failure"]["message"]
    site.tutorial("slow")
    for seconds in ("1000000000", "inf"):
        build = site.build(*ALL, "-D", f"docent_timeout={seconds}")
        assert build.code == 0, build.output


def test_a_tutorial_runs_in_its_own_folder(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.write("docs/tutorials/sub/data.csv", "4711\n")
    site.tutorial("sub/reads", 'print(open("data.csv").read(), os.getcwd())')
    build = site.build(*ALL)
    assert build.code == 0, build.output
    assert "4711" in build.text("gallery/sub/reads")
    assert f"{site.docs}/tutorials/sub\n" in build.text("gallery/sub/reads")


def test_many_at_a_time_and_one_at_a_time_give_the_same(site: Site) -> None:
    for index in range(4):
        site.tutorial(f"t{index}", "import time\ntime.sleep(0.3)")
    pages = []
    for jobs in ("1", "4"):
        option = (*ALL, "-D", f"docent_jobs={jobs}", "-D", f"docent_cache=_build/c{jobs}")
        build = site.build(*option, out=f"jobs{jobs}")
        assert build.runs == ["t0", "t1", "t2", "t3"]
        pages.append(
            [build.text(f"gallery/t{index}").split("Total running")[0] for index in "0123"]
        )
    assert pages[0] == pages[1]


@pytest.mark.skipif(os.name == "nt", reason="a process group is a POSIX thing")
def test_nothing_outlives_the_build(site: Site) -> None:
    site.tutorial("stray", 'import subprocess\nsubprocess.Popen(["sleep", "4711.25"])')
    assert site.build(*ALL).code == 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            assert "4711.25" not in (process / "cmdline").read_text()


def test_random_numbers_differ_from_tutorial_to_tutorial(site: Site) -> None:
    for name in ("a", "b", "c", "d", "e"):
        site.tutorial(name, 'import numpy.random\n\nprint("number", numpy.random.rand())')
    build = site.build(*ALL, "-D", "docent_jobs=2")
    numbers = {build.text(f"gallery/{name}").split("number")[-1].split()[0] for name in "abcde"}
    assert len(numbers) == 5, build.output
