"""The sessions: what reaches sphinx-build, what the exit code says, what is installed."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers import tiny_project
from tests.helpers.repository import ROOT
from tests.helpers.tiny_project import lock_of, nox

pytestmark = pytest.mark.site


def builds(project: Path) -> list[list[str]]:
    """Builder, docent_execute and docent_jobs of every build so far."""
    lines = (project / "builds.txt").read_text(encoding="utf-8").splitlines()
    return [ast.literal_eval(line) for line in lines]


def own_lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said to the person, beside Nox's own log."""
    return [line for line in done.stderr.splitlines() if not line.startswith("nox > ")]


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """It ended with 2, and said why in one line."""
    lines = own_lines(done)
    assert done.returncode == 2, done
    assert len(lines) == 1, done.stderr
    assert all(part in lines[0] for part in parts), lines[0]


def installed(project: Path, session: str) -> set[str]:
    folders = (project / ".nox" / session).glob("lib/python*/site-packages/*.dist-info")
    return {folder.name.partition("-")[0] for folder in folders}


def test_every_session_says_in_one_line_what_it_does(project: Path) -> None:
    lines = tiny_project.run(project, "nox", "-l").stdout.splitlines()
    entries = [line[2:].partition(" -> ") for line in lines if line.startswith(("* ", "- "))]
    sessions = {name: description for name, _, description in entries}
    builds = {"docs_precheck", "docs_pattern", "docs_full", "docs_notebooks"}
    assert builds | {"tests", "lint"} <= set(sessions)
    assert all(len(description) > 20 for description in sessions.values())


def test_nox_alone_runs_lint_tests_and_the_precheck(project: Path) -> None:
    done = tiny_project.run(project, "nox", "-l")
    chosen = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("* ")}
    assert chosen == {"lint", "tests", "docs_precheck"}


def test_full_runs_the_precheck_first_and_hands_the_options_to_both(build_project: Path) -> None:
    done = nox(build_project, "docs_full", "--", "-D", "docent_jobs=4")
    assert done.returncode == 0, done
    assert builds(build_project) == [["precheck", "none", "4"], ["html", "all", "4"]]
    assert "The first words." in (build_project / "docs/_build/html/index.html").read_text("utf-8")


def test_patterns_and_options_may_be_mixed(build_project: Path) -> None:
    words = ["/one/", "-Ddocent_jobs=3", r"two\.py", "-vt", "draft", "--define", "project=x", "-q"]
    done = nox(build_project, "docs_pattern", "--", *words)
    assert done.returncode == 0, done
    assert builds(build_project) == [["html", "/one/\ntwo\\.py", "3"]]


def test_notebooks_are_all_executed_or_those_that_match(build_project: Path) -> None:
    assert nox(build_project, "docs_notebooks", "--", "-q").returncode == 0
    words = ["/one/", "-Ddocent_jobs=3", r"two\.py"]
    assert nox(build_project, "docs_notebooks", "--", *words).returncode == 0
    assert builds(build_project) == [
        ["notebooks", "all", "auto"],
        ["notebooks", "/one/\ntwo\\.py", "3"],
    ]


def test_a_warning_is_exit_code_1_and_stops_the_full_build(build_project: Path) -> None:
    (build_project / "docs" / "index.rst").write_text("Front\n=====\n\n:ref:`nowhere`\n", "utf-8")
    assert nox(build_project, "docs_full", "--", "-W").returncode == 1
    assert [build[0] for build in builds(build_project)] == ["precheck"]
    done = nox(build_project, "docs_pattern", "--", "x")
    assert (done.returncode, "nowhere" in done.stdout + done.stderr) == (1, True)


def test_a_wrong_configuration_is_exit_code_2(build_project: Path) -> None:
    (build_project / "docs" / "conf.py").write_text("this is no Python", encoding="utf-8")
    assert nox(build_project, "docs_precheck").returncode == 2
    assert nox(build_project, "docs_precheck", "--", "--no-such-option").returncode == 2


def test_words_that_mean_nothing_are_refused(build_project: Path) -> None:
    refused(
        nox(build_project, "docs_pattern"), "docs_pattern", "no pattern", "nox -s docs_pattern --"
    )
    refused(nox(build_project, "docs_pattern", "--", "-q"), "no pattern")
    refused(nox(build_project, "docs_precheck", "--", "word"), "'word'", "docs_pattern")
    refused(
        nox(build_project, "docs_full", "--no-dependencies", "--", "-D", "a=b", "word"), "'word'"
    )
    refused(nox(build_project, "docs_precheck", "--", "-q", "-D"), "-D needs a value")
    refused(nox(build_project, "tests_cases", "--", "word"), "'word'", "edits or hostile")


def test_a_missing_lock_is_refused_with_what_to_do(project: Path) -> None:
    (project / "requirements" / "precheck.txt").unlink()
    refused(nox(project, "docs_precheck"), "precheck.txt is missing", "invoke freeze")


def test_no_network_is_refused_with_what_to_do(project: Path, tmp_path: Path) -> None:
    done = nox(project, "docs_precheck", UV_OFFLINE="1", UV_CACHE_DIR=str(tmp_path / "cache"))
    refused(done, "cannot install", "requirements/precheck.txt", "network")
    assert nox(project, "docs_precheck", "--install-only").returncode == 0
    assert "sphinx" in installed(project, "docs_precheck")


def test_a_pin_whose_file_has_another_hash_is_not_installed(project: Path) -> None:
    lock = project / "requirements" / "precheck.txt"
    lock.write_text(f"iniconfig==2.0.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    refused(nox(project, "docs_precheck", "--install-only"), "cannot install")
    lock.write_text("iniconfig==2.0.0\n", encoding="utf-8")
    refused(nox(project, "docs_precheck", "--install-only"), "cannot install")


@pytest.mark.parametrize("backend", ["uv", "virtualenv"])
def test_an_environment_holds_its_lock_and_is_left_alone_until_that_changes(
    project: Path, backend: str
) -> None:
    words = ["docs_precheck", "--install-only", "--default-venv-backend", backend]
    lock = project / "requirements" / "precheck.txt"
    seeds = {"pip", "setuptools", "wheel"}
    lock.write_text(lock_of("iniconfig", "pluggy"), encoding="utf-8")
    assert nox(project, *words).returncode == 0
    assert installed(project, "docs_precheck") - seeds == {"iniconfig", "pluggy"}

    again = nox(project, *words, UV_OFFLINE="1", PIP_NO_INDEX="1")
    assert again.returncode == 0
    assert " pip " not in again.stderr

    lock.write_text(lock_of("pluggy", "idna"), encoding="utf-8")
    assert nox(project, *words).returncode == 0
    assert installed(project, "docs_precheck") - seeds == {"idna", "pluggy"}


@pytest.mark.parametrize("name", ["noxfile.py", "tasks.py"])
def test_an_old_python_is_refused_before_anything_else(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    script = f"import sys; sys.version_info = (3, 10, 1); exec(compile({source!r}, 'f', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert all(part in done.stderr for part in (name, "Python 3.10", "3.11 or newer"))


def lay_out(project: Path, text: str) -> None:
    file = project / "pyproject.toml"
    file.write_text(file.read_text("utf-8") + text, encoding="utf-8")


def test_what_makes_sources_runs_first(build_project: Path) -> None:
    made = "open('docs/made.rst', 'w').write(':orphan:\\n\\nMade\\n====\\n')"
    lay_out(build_project, f'prepare = [["python", "-c", "{made}"]]\n'.replace("\\", "\\\\"))
    assert nox(build_project, "docs_pattern", "--", "x").returncode == 0
    assert (build_project / "docs/_build/html/made.html").is_file()


def test_what_makes_sources_and_fails_ends_everything(build_project: Path) -> None:
    lay_out(build_project, 'prepare = [["python", "-c", "raise SystemExit(3)"]]\n')
    refused(nox(build_project, "docs_precheck"), "failed", "[tool.docent] prepare")


def test_every_documentation_is_built(build_project: Path) -> None:
    shutil.copytree(build_project / "docs", build_project / "more")
    lay_out(build_project, '[tool.docent.sites]\ndocs = "docs/_build"\nmore = "more/_out"\n')
    assert nox(build_project, "docs_precheck").returncode == 0
    assert [build[0] for build in builds(build_project)] == ["precheck", "precheck"]
    assert (build_project / "more" / "_out" / "precheck").is_dir()


def test_a_layout_that_makes_no_sense_is_one_line(project: Path) -> None:
    lay_out(project, "build = 3\n")
    for done in (nox(project, "docs_precheck"), tiny_project.invoke(project, "clean")):
        refused(done, "pyproject.toml: [tool.docent] build is 3")
