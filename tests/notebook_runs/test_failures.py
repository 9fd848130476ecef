"""A notebook that fails is told in the lines of its tutorial."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.helpers.notebook_builds import SHELL, build_notebooks, entries
from tests.helpers.sites import Build, Site

FAILS = """\
def broken(x):
    return 1 / x


# %%
# Then:

y = 0

broken(y)
"""


NEW_PROCESS = (
    'import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; '
    'time.sleep(300)"], start_new_session=True)\nprint("going to sleep")\n'
    "import time\n\ntime.sleep(300)"
)


@pytest.fixture(scope="module")
def bad(make_site: Callable[[], Site]) -> tuple[Site, Build]:
    """Notebooks that fail, each in its own way."""
    site = make_site()
    site.configure('docent_install = {"absent": "docent-absent"}\n')
    site.configure('docent_requirements = {"absent": True}\n')
    site.tutorial("fails", FAILS, comments="# sphinx_gallery_thumbnail_number = 1\n# A comment.")
    site.tutorial("shell", text=SHELL)
    site.tutorial("absent", comments='# sphinx_gallery_requires = ["absent"]')
    site.tutorial("slow", NEW_PROCESS, comments="# sphinx_gallery_timeout = 12")
    site.tutorial("dies", "os.abort()")
    site.tutorial("exits", "import sys\n\nsys.exit(4)")
    site.tutorial("floods", 'while True:\n    print("x" * 10_000)')
    site.tutorial("passes")
    site.tutorial("unexpected")
    site.configure(
        'sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/unexpected.py"]\n'
    )
    return site, build_notebooks(site)


def test_failures_are_told_in_the_lines_of_the_tutorial(bad: tuple[Site, Build]) -> None:
    site, done = bad
    assert done.code == 1, done.output
    lines = {
        "fails": ("    return 1 / x", "ZeroDivisionError: division by zero"),
        "shell": ("%%shell", "%%shell failed with exit code 3: the reason"),
        "slow": ("import subprocess", "took longer than 12 s and was ended"),
        "dies": ("os.abort()", "the kernel died: the process was ended by SIGABRT"),
        "floods": ("while True:", "printed more than 20 MB and was ended"),
        "exits": ("import sys", "SystemExit: 4"),
    }
    for name, (words, message) in lines.items():
        path = f"docs/tutorials/{name}.py"
        place = f"{path}:{site.line(path, words)}"
        assert f"{place}: ERROR: the notebook failed: {message}" in done.output, name
    absent = (
        "docs/tutorials/absent.py:1: ERROR: the notebook failed: the install cell failed: ERROR: "
    )
    assert absent in done.output
    assert "unexpected.py:1: ERROR: the notebook failed: passed, although" in done.output
    assert "notebooks: 8 failed, 1 passed" in done.output


def test_a_traceback_holds_the_own_lines_alone(bad: tuple[Site, Build]) -> None:
    site, _ = bad
    path = "docs/tutorials/fails.py"
    lines = [site.line(path, words) for words in ("broken(y)", "    return 1 / x")]
    assert entries(site)["fails"]["failure"] == {
        "message": "ZeroDivisionError: division by zero",
        "line": lines[1],
        "traceback": (
            "Traceback (most recent call last):\n"
            f'  File "{site.root / path}", line {lines[0]}\n    broken(y)\n'
            f'  File "{site.root / path}", line {lines[1]}\n    return 1 / x\n'
            "ZeroDivisionError: division by zero"
        ),
    }
    slow = entries(site)["slow"]["failure"]["traceback"]
    assert "the last lines of its output:\ngoing to sleep" in slow  # its kernel may add a word


def test_failures_are_in_the_reports(bad: tuple[Site, Build]) -> None:
    site, _ = bad
    report = json.loads((site.state / "notebooks.json").read_bytes())
    assert (report["builder"], report["totals"]["failed"]) == ("notebooks", 8)
    assert {found["category"] for found in report["diagnostics"]} == {"docent.notebook"}
    suites = ElementTree.fromstring((site.state / "notebooks-junit.xml").read_bytes())
    failed = suites.findall("testsuite[@name='tutorials']/testcase/failure/..")
    names = {"fails", "shell", "absent", "slow", "dies", "exits", "floods", "unexpected"}
    assert {Path(case.attrib["name"]).stem for case in failed} == names
    assert "timeline" in (site.state / "notebooks-timeline.html").read_text("utf-8")


def test_rest_in_a_notebooks_text_is_an_error(site: Site) -> None:
    site.tutorial("one", text="Some words.\n\n.. raw:: html\n\n   See :ref:`nowhere`.")
    done = build_notebooks(site)
    assert done.code == 1
    line = site.line("docs/tutorials/one.py", ":ref:")
    assert f"one.py:{line}: ERROR: the notebook's text holds reST (a role): See" in done.output


def test_a_failure_can_be_a_warning_only(site: Site) -> None:
    site.configure('sphinx_gallery_conf["only_warn_on_example_error"] = True\n')
    site.tutorial("one", "1 / 0")
    done = build_notebooks(site)
    assert done.code == 0, done.output
    assert "WARNING: the notebook failed: ZeroDivisionError" in done.output
