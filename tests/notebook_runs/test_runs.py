"""Every notebook is executed as Colab would, and what fails is told in the tutorial's lines."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from tests.helpers.sites import Build, Site

TINY = 'docent_install = {"one": "docent-tiny==1", "two": ["docent-tiny==2"]}\n'
FAILS = """\
def broken(x):
    return 1 / x


# %%
# Then:

y = 0

broken(y)
"""
SHELL = """\
Before.

.. code-block:: bash

   %%shell
   echo some output
   echo the reason >&2
   exit 3

After.
"""
NEW_PROCESS = (
    'import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; '
    'time.sleep(300)"], start_new_session=True)\nprint("going to sleep")\n'
    "import time\n\ntime.sleep(300)"
)


def wheel(folder: Path, version: int) -> None:
    """A package that nothing but pip can bring."""
    folder.mkdir(exist_ok=True)
    name = f"docent_tiny-{version}"
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as archive:
        archive.writestr("docent_tiny.py", f"VERSION = {version}\n")
        about = f"Metadata-Version: 2.1\nName: docent-tiny\nVersion: {version}\n"
        archive.writestr(f"{name}.dist-info/METADATA", about)
        about = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{name}.dist-info/WHEEL", about)
        archive.writestr(f"{name}.dist-info/RECORD", "")


def build(site: Site, *options: str, **variables: str) -> Build:
    """Build the notebooks; pip finds our wheels alone."""
    wheels = site.root / "wheels"
    for version in (1, 2):
        wheel(wheels, version)
    env = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), **variables}
    return site.build("-D", "docent_jobs=3", *options, builder="notebooks", env=env)


def state(site: Site, name: str) -> Path:
    return site.docs / "_build" / "docent" / name


def entries(site: Site) -> dict[str, dict[str, Any]]:
    """What the report says of each tutorial, by its file name without ending."""
    report = json.loads(state(site, "notebooks.json").read_bytes())
    return {Path(entry["path"]).stem: entry for entry in report["tutorials"]}


@pytest.fixture(scope="module")
def good(make_site: Callable[[], Site]) -> tuple[Site, Build, Build]:
    """Notebooks that run, built twice."""
    site = make_site()
    site.configure(TINY + 'docent_requirements = {"one": True, "two": True, "never": False}\n')
    for name, version in (("one", 1), ("two", 2)):
        code = f"import docent_tiny\n\nassert docent_tiny.VERSION == {version}"
        site.tutorial(name, code, comments=f'# sphinx_gallery_requires = ["{name}"]')
    site.tutorial("empty", 'assert os.listdir(".") == []\nopen("left", "w").close()')
    site.tutorial("magic", text=SHELL.replace("exit 3", "true"))
    site.tutorial("skipped", "1 / 0", comments='# sphinx_gallery_requires = ["never", "cuda"]')
    site.tutorial("expected", "1 / 0")
    site.configure('sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/expected.py"]\n')
    return site, build(site), build(site)


def test_each_runs_in_an_environment_and_a_folder_of_its_own(
    good: tuple[Site, Build, Build],
) -> None:
    _, first, _ = good
    assert first.code == 0, first.output
    assert first.runs == ["empty", "expected", "magic", "one", "two"]
    for name in ("empty", "magic", "one", "two"):
        assert re.search(rf"/docs/tutorials/{name}\.py executed in \d", first.output)


def test_what_is_missing_is_a_reason_to_skip(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert "/docs/tutorials/skipped.py skipped: needs `cuda`, `never`" in first.output
    assert entries(site)["skipped"]["action"] == "skip"


def test_what_is_known_to_run_is_not_executed_again(good: tuple[Site, Build, Build]) -> None:
    site, first, second = good
    assert second.code == 0, second.output
    assert second.runs == []
    assert "notebooks: 5 known to run, 1 skipped" in second.output
    assert "notebooks: 5 passed, 1 skipped" in first.output
    entry = entries(site)["one"]
    assert (entry["action"], entry["reason"], entry["status"]) == (
        "restore",
        "unchanged",
        "passed",
    )
    assert entry["seconds"] > 0
    assert entry["peak_memory"] > 10_000_000


def test_the_site_is_left_alone(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert not list(first.out.glob("*.html"))
    assert not (site.docs / "gallery" / "left").exists()
    assert not state(site, "report.json").exists()


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
    return site, build(site)


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
    assert slow.endswith("the last lines of its output:\ngoing to sleep")


def test_failures_are_in_the_reports(bad: tuple[Site, Build]) -> None:
    site, _ = bad
    report = json.loads(state(site, "notebooks.json").read_bytes())
    assert (report["builder"], report["totals"]["failed"]) == ("notebooks", 8)
    assert {found["category"] for found in report["diagnostics"]} == {"docent.notebook"}
    suites = ElementTree.fromstring(state(site, "notebooks-junit.xml").read_bytes())
    failed = suites.findall("testsuite[@name='tutorials']/testcase/failure/..")
    names = {"fails", "shell", "absent", "slow", "dies", "exits", "floods", "unexpected"}
    assert {Path(case.attrib["name"]).stem for case in failed} == names
    assert "timeline" in state(site, "notebooks-timeline.html").read_text("utf-8")


def test_failures_are_executed_again_and_mended_ones_pass(site: Site) -> None:
    site.tutorial("mended", "1 / 0")
    site.tutorial("other")
    assert build(site).code == 1
    again = build(site)
    assert (again.code, again.runs) == (1, ["mended"])
    site.tutorial("mended")
    done = build(site)
    assert (done.code, done.runs) == (0, ["mended"])
    assert not list((site.docs / "_build" / "notebooks").glob("*.html"))


def test_a_pattern_chooses_and_a_wrong_one_is_refused(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two")
    done = build(site, "-D", "docent_execute=two")
    assert (done.code, done.runs) == (0, ["two"])
    assert "notebooks: 1 not selected, 1 passed" in done.output
    wrong = build(site, "-D", r"docent_execute=tow\.py")
    assert wrong.code == 2
    assert r"the pattern 'tow\\.py' matches none of the 2 tutorials" in wrong.output
    assert wrong.runs == []


def test_without_the_packages_the_error_says_which_extra(site: Site) -> None:
    site.tutorial("one")
    site.configure('import sys\nsys.modules["nbclient"] = None\n')
    done = build(site)
    assert done.code == 2
    assert "nbclient must be installed" in done.output
    assert "'sphinx-docent[notebooks]'" in done.output
    assert site.build().code == 0


def test_a_damaged_result_is_none(site: Site) -> None:
    site.tutorial("one")
    assert build(site).runs == ["one"]
    (file,) = (state(site, "cache") / "notebooks").glob("*/*.json")
    text = file.read_text("utf-8")
    for damaged in ("", text.replace("0", "1")):
        file.write_text(damaged, "utf-8")
        assert build(site).runs == ["one"]
    file.unlink()
    file.symlink_to(site.root / "elsewhere")
    assert build(site).runs == ["one"]


def test_rest_in_a_notebooks_text_is_an_error(site: Site) -> None:
    site.tutorial("one", text="Some words.\n\n.. raw:: html\n\n   See :ref:`nowhere`.")
    done = build(site)
    assert done.code == 1
    line = site.line("docs/tutorials/one.py", ":ref:")
    assert f"one.py:{line}: ERROR: the notebook's text holds reST (a role): See" in done.output


def test_notebooks_are_valid_and_the_same_as_the_sites(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert site.build("-D", "docent_execute=none").code == 0
    kept = "docent-notebooks/gallery"
    names = {path.name for path in (first.out / ".doctrees" / kept).glob("*.ipynb")}
    assert names == {"one.ipynb", "two.ipynb", "empty.ipynb", "magic.ipynb"} | {
        "expected.ipynb",
        "skipped.ipynb",
    }
    for name in names:
        proven = (first.out / ".doctrees" / kept / name).read_bytes()
        (published,) = (site.docs / "_build" / "html" / "_downloads").glob(f"*/{name}")
        assert published.read_bytes() == proven
        nbformat.validate(nbformat.reads(proven.decode(), as_version=4))


def test_what_failed_for_an_outer_reason_is_forgotten_when_it_passes(site: Site) -> None:
    site.configure('docent_install = {"*": "docent-tiny"}\n')
    site.tutorial("one")
    nowhere = build(site, PIP_FIND_LINKS=str(site.root / "nowhere"))
    assert "one.py:1: ERROR: the notebook failed: the install cell failed" in nowhere.output
    done = build(site)
    assert done.code == 0, done.output
    assert "ERROR" not in done.output
    assert json.loads(state(site, "notebooks.json").read_bytes())["diagnostics"] == []


def test_a_failure_can_be_a_warning_only(site: Site) -> None:
    site.configure('sphinx_gallery_conf["only_warn_on_example_error"] = True\n')
    site.tutorial("one", "1 / 0")
    done = build(site)
    assert done.code == 0, done.output
    assert "WARNING: the notebook failed: ZeroDivisionError" in done.output
