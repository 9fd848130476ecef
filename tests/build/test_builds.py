"""Each kind of build executes what it should, once, and takes no page for what it is not."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.helpers.sites import Build, Site

ALL = ("-D", "docent_execute=all")


def unexecuted(build: Build, *names: str) -> bool:
    """Whether pages are there, with text and code, without output."""
    return all(
        f"What {name} is about." in build.text(f"gallery/{name}")
        and f'log.write("{name}' in build.text(f"gallery/{name}")
        and f"output of {name}" not in build.text(f"gallery/{name}")
        for name in names
    )


def executed(build: Build, *names: str) -> bool:
    return all(f"output of {name}" in build.text(f"gallery/{name}") for name in names)


def images(build: Build) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (build.out / "_images").iterdir()}


def test_a_pattern_executes_its_tutorial_and_shows_every_other_page(site: Site) -> None:
    for name in ("one", "two", "sub/three"):
        site.tutorial(name)
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    build = site.build("-W", "-D", r"docent_execute=two\.py")
    assert build.code == 0, build.output
    assert build.runs == ["two"]
    assert executed(build, "two")
    assert unexecuted(build, "one")
    assert "output of three" not in build.text("gallery/sub/three")
    assert build.tutorial("one")["reason"] == "not selected"
    other = site.build("-D", r"docent_execute=/sub/")
    assert other.runs == ["three"]
    assert unexecuted(other, "one")
    assert executed(other, "two")
    assert other.tutorial("two")["reason"] == "not selected; its result is valid"
    assert site.build("-D", r"docent_execute=two\.py").runs == []


def test_modes_do_not_mix(site: Site) -> None:
    for name in ("one", "two"):
        site.tutorial(name)
    first = site.build(*ALL)
    assert first.runs == ["one", "two"]
    assert executed(first, "one", "two")

    check = site.precheck()
    assert (check.code, check.runs) == (0, [])
    assert set(check.actions.values()) == {"render"}
    assert not list(check.out.glob("**/*.html"))

    again = site.build(*ALL)
    assert again.runs == []
    assert set(again.actions.values()) == {"restore"}
    assert executed(again, "one", "two")

    bare = site.build("-D", "docent_execute=none")
    assert bare.runs == []
    assert unexecuted(bare, "one", "two")

    back = site.build(*ALL)
    assert back.runs == []
    assert executed(back, "one", "two")

    one = site.build("-D", "docent_execute=one")
    assert one.runs == []
    assert executed(one, "one", "two")


def test_a_full_build_does_not_take_a_prechecks_page_for_an_executed_one(site: Site) -> None:
    site.tutorial("one")
    assert site.precheck().runs == []
    assert site.build("-D", "docent_execute=none").runs == []
    full = site.build(*ALL)
    assert full.runs == ["one"]
    assert executed(full, "one")


def test_a_second_full_build_reads_and_executes_nothing(site: Site) -> None:
    site.tutorial("one")
    site.build(*ALL)
    again = site.build(*ALL)
    assert again.runs == []
    assert "updating environment: 0 added, 0 changed, 0 removed" in again.output
    site.precheck()
    after = site.build(*ALL)
    assert after.runs == []
    assert "updating environment: 0 added, 0 changed, 0 removed" in after.output


def test_pages_that_a_plain_sphinx_gallery_left_are_made_anew(site: Site) -> None:
    site.tutorial("one")
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.build("-D", "plot_gallery=0")
    site.replace("docs/conf.py", '"sphinx_gallery.gen_gallery"]', '"sphinx_docent"]')
    build = site.build(*ALL)
    assert build.runs == ["one"]
    assert executed(build, "one")


def test_a_fresh_environment_restores_from_the_cache(site: Site) -> None:
    site.tutorial("one")
    option = ("-D", f"docent_cache={site.root / 'cache'}", *ALL)
    first = site.build(*option)
    shutil.rmtree(site.docs / "_build")
    shutil.rmtree(site.docs / "gallery")
    second = site.build(*option)
    assert second.runs == []
    assert executed(second, "one")
    assert second.html("gallery/one") == first.html("gallery/one")


def test_what_was_changed_is_executed_again_and_nothing_else(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    for name in ("one", "two", "sub/three"):
        site.tutorial(name, "open('data.txt').read()" if name == "two" else "")
    site.write("docs/tutorials/data.txt", "data\n")
    site.configure('sphinx_gallery_conf["exclude_implicit_doc"] = {"a", "b", "c", "d", "e"}\n')
    assert site.build(*ALL).runs == ["one", "three", "two"]

    site.append("docs/index.rst", "\nA new sentence.\n")
    site.configure('html_title = "Another"\nhtml_theme_options = {"nosidebar": True}\n')
    page = site.build(*ALL)
    assert page.runs == []
    assert "A new sentence" in page.text("index")

    site.append("docs/tutorials/one.py", "print('changed output')\n")
    changed = site.build(*ALL)
    assert changed.runs == ["one"]
    assert "changed output\n" in changed.text("gallery/one")

    site.write("docs/tutorials/data.txt", "other data\n")
    assert site.build(*ALL).runs == ["two"]

    site.configure('sphinx_gallery_conf["capture_repr"] = ()\n')
    assert site.build(*ALL).runs == ["one", "three", "two"]
    assert site.build(*ALL).runs == []


def test_the_first_error_does_not_stop_the_others_and_failures_are_not_kept(site: Site) -> None:
    failing = site.tutorial("failing", 'raise ValueError("odd number")')
    site.tutorial("other")
    first = site.build(*ALL)
    second = site.build(*ALL)
    assert first.runs == ["failing", "other"]
    assert second.runs == ["failing"]
    for build in (first, second):
        assert build.code == 1
        entry = build.tutorial("failing")
        assert entry["status"] == "failed"
        assert entry["failure"]["message"] == "ValueError: odd number"
        assert entry["failure"]["line"] == site.line(failing, "raise ValueError")
        assert "Traceback (most recent call last)" in entry["failure"]["traceback"]
        assert (failing, entry["failure"]["line"], "docent.failed") in [f[:3] for f in build.found]
        assert 'raise ValueError("odd number")' in build.output
        assert executed(build, "other")
        assert "odd number" in build.text("gallery/failing")
        assert build.report["totals"]["failed"] == 1
    site.tutorial("failing")
    mended = site.build(*ALL)
    assert (mended.code, mended.runs) == (0, ["failing"]), mended.output


def test_a_failure_is_named_at_the_tutorials_own_line(site: Site) -> None:
    site.write("docs/tutorials/helper.txt", "")
    failing = site.tutorial(
        "failing",
        """
        import json


        def calls():
            return json.loads("{")  # here it fails


        calls()
        """,
    )
    entry = site.build(*ALL).tutorial("failing")
    assert entry["failure"]["line"] == site.line(failing, "# here it fails")


def test_settings_of_sphinx_gallery_about_failures_keep_their_meaning(site: Site) -> None:
    site.tutorial("bad", "1 / 0")
    site.tutorial("good")
    site.configure('sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/bad.py"]\n')
    expected = site.build(*ALL)
    assert expected.code == 0, expected.output
    assert "ZeroDivisionError" in expected.text("gallery/bad")

    site.tutorial("bad")
    surprising = site.build(*ALL)
    assert surprising.code == 1
    assert "expected_failing_examples" in surprising.tutorial("bad")["failure"]["message"]

    site.configure('sphinx_gallery_conf["expected_failing_examples"] = []\n')
    site.configure('sphinx_gallery_conf["only_warn_on_example_error"] = True\n')
    site.tutorial("bad", "1 / 0")
    warned = site.build(*ALL)
    assert warned.code == 0
    assert warned.tutorial("bad")["status"] == "failed"
    assert "ZeroDivisionError" in warned.output
    assert site.build("-W", *ALL).code == 1


def test_nothing_is_executed_where_sphinx_gallery_is_told_so(site: Site) -> None:
    site.tutorial("one")
    site.configure('docent_execute = "all"\nsphinx_gallery_conf["plot_gallery"] = "False"\n')
    build = site.build()
    assert (build.code, build.runs) == (0, [])
    assert unexecuted(build, "one")


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
    assert executed(build, "alpha", "omega")
    assert unexecuted(build, "exits", "segfaults", "hangs")
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


def test_removed_and_renamed_tutorials_leave_no_page(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    for name in ("keeps", "goes", "old", "sub/below"):
        site.tutorial(name)
    site.build(*ALL)
    (site.docs / "tutorials/goes.py").unlink()
    (site.docs / "tutorials/old.py").rename(site.docs / "tutorials/new.py")
    shutil.rmtree(site.docs / "tutorials/sub")
    for build in (site.build("-W", *ALL), site.precheck()):
        assert build.code == 0, build.output
        assert "WARNING" not in build.output
        left = {path.name for path in (site.docs / "gallery").rglob("*") if path.is_file()}
        assert not [name for name in left if "goes" in name or "old" in name or "below" in name]
        assert {"keeps.rst", "new.rst"} <= left
    build = site.build(*ALL)
    assert "Title of goes" not in build.html("gallery/index")
    assert not (site.docs / "gallery/sub/index.rst").exists()


def test_files_of_others_in_the_generated_folder_are_kept(site: Site) -> None:
    for name in ("one", "two"):
        site.tutorial(name)
    site.write("docs/gallery/mine.rst", ":orphan:\n\nMine\n====\n")
    site.write("docs/gallery/two_notes.txt", "mine")
    site.build(*ALL)
    (site.docs / "tutorials/two.py").unlink()
    site.build(*ALL)
    assert (site.docs / "gallery/mine.rst").is_file()
    assert (site.docs / "gallery/two_notes.txt").is_file()


def test_figures_follow_the_mode(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial(
        "draws",
        "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.title('A line')\nplt.show()",
    )
    full = images(site.build(*ALL))
    assert "sphx_glr_draws_001.png" in full
    bare = images(site.build("-D", "docent_execute=none", out="bare"))
    assert "sphx_glr_draws_001.png" not in bare
    assert full["sphx_glr_draws_thumb.png"] != bare["sphx_glr_draws_thumb.png"]
    site.precheck()
    back = images(site.build(*ALL))
    assert back == full
    same = site.build("-D", "docent_execute=none")
    assert images(same)["sphx_glr_draws_thumb.png"] == bare["sphx_glr_draws_thumb.png"]


def test_the_report_counts_and_lists(site: Site) -> None:
    for name in ("fails", "kept", "runs", "waits"):
        site.tutorial(name, "1 / 0" if name == "fails" else "")
    site.tutorial("lacks", comments='# sphinx_gallery_requires = ["no_such_package"]')
    site.build("-D", "docent_execute=kept")
    site.append("docs/index.rst", "\n:ref:`nowhere`\n")
    build = site.build("-D", "docent_execute=fails\nkept\nruns\nlacks")
    report = build.report
    assert report["format"] == 1
    assert report["project"] == "site"
    assert report["builder"] == "html"
    assert abs(report["started"] - time.time()) < 120
    assert report["seconds"] > 0
    assert set(report["versions"]) == {"sphinx_docent", "sphinx", "sphinx_gallery", "python"}
    totals = {key: value for key, value in report["totals"].items() if key != "seconds"}
    assert totals == {
        "tutorials": 5,
        "execute": 2,
        "restore": 1,
        "render": 1,
        "skip": 1,
        "failed": 1,
        "diagnostics": 2,
    }
    assert build.tutorial("runs") | {"seconds": 0, "peak_memory": 0} == {
        "path": "/docs/tutorials/runs.py",
        "page": "gallery/runs",
        "action": "execute",
        "reason": "never executed",
        "requires": [],
        "status": "passed",
        "seconds": 0,
        "peak_memory": 0,
        "network": False,
        "worker": None,
        "failure": None,
    }
    assert build.tutorial("runs")["peak_memory"] > 1_000_000
    assert {entry["status"] for entry in report["tutorials"]} == {
        "failed",
        "not run",
        "passed",
        "skipped",
    }

    suites = ET.parse(site.docs / "_build/docent/junit.xml").getroot()
    counts = {
        suite.get("name"): tuple(
            int(suite.get(key, "")) for key in ("tests", "failures", "skipped")
        )
        for suite in suites
    }
    assert counts == {"tutorials": (5, 1, 2), "diagnostics": (2, 2, 0)}
    failure = suites.find("testsuite/testcase[@name='fails.py']/failure")
    assert failure is not None
    assert "ZeroDivisionError" in (failure.get("message") or "")
    assert "1 / 0" in (failure.text or "")


def test_a_report_holds_any_text(site: Site) -> None:
    site.tutorial("odd", r'raise ValueError("\x1b[31m\x00 <&> \ud800 ünï")')
    build = site.build(*ALL)
    assert build.code == 1
    assert build.tutorial("odd")["status"] == "failed"
    ET.parse(site.docs / "_build/docent/junit.xml")


def test_the_plan_is_printed_and_nothing_is_done(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two", comments='# sphinx_gallery_requires = ["no_such_package"]')
    site.build("-D", "docent_execute=one")
    site.tutorial("three")
    table = site.build("-q", *ALL, builder="tutorials")
    assert table.code == 0, table.output
    rows = {row.split()[0]: row for row in table.output.splitlines() if row.startswith("/")}
    assert "restore" in rows["/docs/tutorials/one.py"]
    assert "skip" in rows["/docs/tutorials/two.py"]
    assert "no_such_package" in rows["/docs/tutorials/two.py"]
    assert "execute" in rows["/docs/tutorials/three.py"]
    assert table.runs == []
    assert not (site.docs / "gallery/three.rst").exists()


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


def test_a_page_that_was_not_written_fails_the_build(site: Site) -> None:
    """As happens where an exception in a process that writes is not told."""
    site.tutorial("one")
    site.configure(
        """
        import os

        def lose(app, exception):
            os.remove(os.path.join(app.outdir, "gallery", "one.html"))

        def setup(app):
            app.connect("build-finished", lose, priority=100)
        """
    )
    build = site.build(*ALL)
    assert build.code == 1
    assert "docs/tutorials/one.py:: ERROR: the page was not written" in build.output


def test_random_numbers_differ_from_tutorial_to_tutorial(site: Site) -> None:
    for name in ("a", "b", "c", "d", "e"):
        site.tutorial(name, 'import numpy.random\n\nprint("number", numpy.random.rand())')
    build = site.build(*ALL, "-D", "docent_jobs=2")
    numbers = {build.text(f"gallery/{name}").split("number")[-1].split()[0] for name in "abcde"}
    assert len(numbers) == 5, build.output
