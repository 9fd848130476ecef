"""Whatever a tutorial does to its process, only that tutorial fails, and it says why."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.engine import MARK, commit, git, processes
from tests.helpers.sites import Build, Site

NAME = f"hostile-{os.getpid()}"

FAILING = {
    "exception": ('raise ValueError("boom")', "ValueError: boom"),
    "sys_exit": ("import sys\nsys.exit(3)", "SystemExit: 3"),
    "os_exit": (
        'import os\nprint("last words")\nos._exit(4)',
        "the process ended with exit code 4 before the tutorial did",
    ),
    "os_exit_well": (
        "import os\nos._exit(0)",
        "the process ended with exit code 0 before the tutorial did",
    ),
    "segmentation": ("import ctypes\nctypes.string_at(0)", "the process was ended by SIGSEGV"),
    "killed": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "the process was ended by SIGKILL (out of memory, perhaps)",
    ),
    "loop": ("while True:\n    pass", "took longer than 2 s and was ended"),
    "loop_in_c": (
        'import re\nre.match(r"(a+)+$", "a" * 60 + "b")',
        "took longer than 2 s and was ended",
    ),
    "deaf_loop": (
        """\
        import signal
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True:
            pass
        """,
        "took longer than 2 s and was ended",
    ),
    "stops": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "took longer than 2 s and was ended",
    ),
    "flood": ('for _ in range(200):\n    print("x" * 999_999)', "OutputTooLong"),
    "flood_in_c": (
        """\
        import os
        for _ in range(200):
            os.write(1, b"x" * 999_999)
        os._exit(5)
        """,
        "exit code 5",
    ),
    "closes_all_files": (
        "import os\nos.closerange(3, 64)",
        "the process ended with exit code 70 before the tutorial did",
    ),
    "asks": ('input("?")', "input"),
    "spaces and ünï": ('raise KeyError("ünï")', "KeyError: 'ünï'"),
}

HEALTHY = {
    "ok_before": (
        """\
        import os, sys
        import matplotlib
        print("leaked", "X_LEAK" in os.environ, "/nope" in sys.path, os.path.exists("made.txt"))
        print("width", matplotlib.rcParams["lines.linewidth"], open("data.csv").read())
        """
    ),
    "chdir": 'import os\nos.chdir("/")\nprint(os.getcwd())',
    "deletes": "import os\nfor name in os.listdir():\n    os.remove(name)",
    "environ": (
        """\
        import os, sys
        os.environ.clear()
        os.environ["X_LEAK"] = "1"
        sys.path.insert(0, "/nope")
        import matplotlib
        matplotlib.rcParams["lines.linewidth"] = 99
        """
    ),
    "stdin": "import sys\nprint(repr(sys.stdin.read()))",
    "signals": (
        """\
        import signal
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_IGN)
        """
    ),
    "threads": (
        "import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()"
    ),
    "child": (
        """\
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        """
    ),
    "child_own_session": (
        """\
        import subprocess, sys
        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True
        )
        """
    ),
    "child_without_environment": (
        """\
        import subprocess, sys
        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True,
            env={name: value for name, value in os.environ.items() if "DOCENT_TEST" in name},
        )
        """
    ),
    "daemon": (
        """\
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                if os.fork() == 0:
                    os.setsid()
                time.sleep(300)
            os._exit(0)
        """
    ),
    "forks_and_goes_on": "import os\nif os.fork() == 0:\n    print('both')",
    "writes": 'open("made.txt", "w").write("x")\nopen("data.csv", "a").write("3")',
    "ok_after": 'print("fine")',
    "with spaces and ü": 'print("naïve")',
}


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
    assert git(hostile, "status", "--porcelain") == ""


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
