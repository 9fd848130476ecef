"""Another project moves in: the template lays down our own files, and ``adopt`` finds the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers import foreign_project
from tests.helpers.comparing import contents
from tests.helpers.foreign_project import git
from tests.helpers.repository import ROOT
from tests.helpers.tiny_project import environment, invoke, nox

copier = pytest.importorskip("copier")
pytestmark = pytest.mark.site

VERBATIM = (
    "noxfile.py",
    "tasks.py",
    "Containerfile",
    ".github/workflows/docs.yml",
    ".github/workflows/preview.yml",
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return foreign_project.template(tmp_path_factory.mktemp("source"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return foreign_project.make(tmp_path / "project")


def run_copier(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run copier without a person who answers, and without trust."""
    command = [sys.executable, "-m", "copier", words[0], "--defaults", "--vcs-ref", "HEAD"]
    return subprocess.run(
        [*command, *words[1:]],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def lay_down(source: Path, project: Path, *words: str) -> None:
    done = run_copier(project, "copy", *words, str(source), ".")
    assert done.returncode == 0, done.stderr


def test_our_own_files_are_what_the_template_lays_down(source: Path, project: Path) -> None:
    before = contents(project, ".git/")
    lay_down(source, project)
    laid = {name: data for name, data in contents(project, ".git/").items() if name not in before}
    assert laid.pop(".copier-answers.yml")
    ours = {file.relative_to(ROOT).as_posix() for file in ROOT.glob("tools/automation/*.py")}
    assert set(laid) == {*VERBATIM, *ours}
    assert all(data == (ROOT / name).read_bytes() for name, data in laid.items())
    assert {name: (project / name).read_bytes() for name in before} == before


def test_what_the_project_has_stays(source: Path, project: Path) -> None:
    (project / "noxfile.py").write_text("# ours\n", encoding="utf-8")
    lay_down(source, project, "--data", "workflow=false")
    assert (project / "noxfile.py").read_text("utf-8") == "# ours\n"
    assert not (project / ".github").exists()
    foreign_project.commit(project)
    done = run_copier(project, "update", ".")
    assert done.returncode == 0, done.stderr
    assert git(project, "status", "--porcelain") == ""


def test_adopt_finds_the_layout_and_writes_nothing_over(source: Path, project: Path) -> None:
    lay_down(source, project)
    foreign_project.commit(project)
    done = invoke(project, "adopt", "--extension", "sphinx-docent @ file:///x")
    assert done.returncode == 0, done.stderr
    changed = git(project, "status", "--porcelain", "--untracked-files=all").splitlines()
    new = {f"?? requirements/docent/{n}.in" for n in ("dev", "docs", "notebooks", "precheck")}
    assert set(changed) == {" M pyproject.toml", *new}
    added = git(project, "diff", "-U0", "pyproject.toml")
    assert "\n-" not in added.partition("+++")[2]
    for line in (
        'documentation = "doc/source"',
        'build = "doc/build"',
        'requirements = "requirements/docent"',
        'state = ".docent"',
        'watch = ["examples"]',
        'generated = ["doc/source/auto_examples"]',
    ):
        assert f"+{line}\n" in added
    precheck = (project / "requirements/docent/precheck.in").read_text("utf-8").splitlines()
    assert precheck[1:4] == ["-r ../docs.txt", "-e .", "sphinx-docent @ file:///x"]
    assert '+    "sphinx_docent",' in done.stdout

    before = contents(project, ".git/")
    again = invoke(project, "adopt")
    assert "stays as it is" in again.stdout
    assert contents(project, ".git/") == before


def test_the_diff_is_one_that_git_applies(source: Path, project: Path) -> None:
    lay_down(source, project)
    diff = invoke(project, "adopt", "--diff").stdout
    subprocess.run(["git", "apply"], input=diff, text=True, cwd=project, check=True)
    assert git(project, "diff", "--numstat").split() == ["1", "0", "doc/source/conf.py"]
    assert invoke(project, "adopt", "--diff").stdout == ""


def test_a_project_without_a_gallery_or_with_two_is_told_what_to_do(
    source: Path, project: Path
) -> None:
    lay_down(source, project)
    second = project / "cookbook" / "conf.py"
    second.parent.mkdir()
    second.write_bytes((project / "doc/source/conf.py").read_bytes())
    done = invoke(project, "adopt")
    assert done.returncode == 2
    assert done.stderr == "adopt: choose one with --documentation: cookbook, doc/source\n"
    for file in (second, project / "doc/source/conf.py"):
        file.unlink()
    done = invoke(project, "adopt")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--documentation" in done.stderr


def test_from_the_template_to_executed_pages(source: Path, project: Path) -> None:
    """Its own requirements files are followed, it is installed itself beside its locks, and its
    own ``make clean`` leaves what the next build needs."""
    lay_down(source, project)
    assert invoke(project, "adopt").returncode == 0
    diff = invoke(project, "adopt", "--diff").stdout
    subprocess.run(["git", "apply"], input=diff, text=True, cwd=project, check=True)
    for name in ("notebooks.in", "dev.in"):
        (project / "requirements" / "docent" / name).unlink()
    done = invoke(project, "freeze")
    assert done.returncode == 0, done.stderr
    lock = (project / "requirements/docent/docs.txt").read_text("utf-8")
    assert "pluggy==" in lock
    assert str(project) not in lock
    beside = (project / "requirements/docent/docs-unhashed.txt").read_text("utf-8")
    assert beside.splitlines()[1:] == ["-e .", f"sphinx-docent @ {source.as_uri()}"]
    assert (project / "requirements/docs.txt").read_text("utf-8").startswith("-r default.txt")

    done = nox(project, "docs_full")
    assert done.returncode == 0, done.stdout + done.stderr
    page = project / "doc/build/html/auto_examples/plot_haar.html"
    assert "halved: [0.5, 1.0, 1.5]" in page.read_text("utf-8")
    subprocess.run(["make", "-C", "doc", "clean"], cwd=project, check=True, capture_output=True)
    assert " restore " in invoke(project, "tutorials").stdout
    changed = git(project, "status", "--porcelain").splitlines()
    assert not [line for line in changed if ".docent" in line]
