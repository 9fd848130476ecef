"""The tasks as a person meets them: their help, their words, what they start and remove."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.tiny_project import invoke

from sphinx_docent.built_site import build_info

pytestmark = pytest.mark.site

TASKS = (
    "serve",
    "freeze",
    "deploy",
    "cache",
    "tutorials",
    "image",
    "container",
    "clean",
    "pr",
    "comment",
    "issue",
)


def test_every_task_and_flag_says_what_it_is_for(project: Path) -> None:
    listed = invoke(project, "-l").stdout
    for name in TASKS:
        assert re.search(rf"^  {name} +\w.{{20,}}\.$", listed, re.MULTILINE), listed
        words = invoke(project, "--help", name).stdout
        for flag in re.findall(r"^  (-.*)$", words, re.MULTILINE):
            assert re.search(r"\s{3,}\w", flag), flag


def test_deploy_hands_on_its_flags_and_the_exit_code(project: Path, tmp_path: Path) -> None:
    refused(invoke(project, "deploy", "--remote", "x"), 2, "docs/_build/html", "build it first")
    site = project / "docs/_build/html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<p>A page.</p>", encoding="utf-8")
    done = invoke(project, "deploy", "--remote", str(tmp_path))
    assert done.returncode == 1
    assert "build it again" in done.stderr
    facts = build_info.BuildInfo("tiny", "html", "none", "", {}, "", 0, {})
    build_info.write_build_info(site, facts)
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "r.git"], check=True)
    flags = ("--version", "v1", "--alias", "latest", "--alias", "best", "--branch", "b")
    more = ("--allow-partial", "--squash", "--adopt", "--dry-run")
    done = invoke(project, "deploy", "--remote", str(tmp_path / "r.git"), *flags, *more)
    assert done.returncode == 0, done
    for path in ("docs/v1/index.html", "docs/latest/index.html", "docs/best/index.html"):
        assert f"A {path}\n" in done.stdout
    assert "b: 10 added" in done.stdout


def test_tutorials_prints_the_table_of_the_full_build(build_project: Path) -> None:
    done = invoke(build_project, "tutorials")
    assert (done.returncode, done.stdout) == (0, "a table of tutorials\n")
    assert "['tutorials', 'all', 'auto']" in (build_project / "builds.txt").read_text("utf-8")


def test_tutorials_hands_on_the_exit_code(build_project: Path) -> None:
    (build_project / "docs" / "conf.py").write_text("this is no Python", encoding="utf-8")
    assert invoke(build_project, "tutorials").returncode == 2
    shutil.rmtree(build_project / "requirements")
    assert invoke(build_project, "tutorials").returncode == 2


def test_clean_removes_what_builds_make_and_nothing_else(project: Path) -> None:
    made = ("docs/_build/html/index.html", "docs/gallery/a.rst", "docs/gen_modules/a.txt")
    tools = (".nox/tests/a", ".mypy_cache/a", ".pytest_cache/a", ".ruff_cache/a", "dist/a")
    for name in (*made, "docs/sg_execution_times.rst", *tools):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    sources = {path for path in project.rglob("*") if path.is_file()}

    done = invoke(project, "clean")
    assert "removed docs/_build" in done.stdout
    left = {path for path in project.rglob("*") if path.is_file()}
    gone = {path.relative_to(project).as_posix() for path in sources - left}
    assert gone == {*made, "docs/sg_execution_times.rst"}

    assert "removed .nox" in invoke(project, "clean", "--all").stdout
    left = {path for path in project.rglob("*") if path.is_file()}
    gone = {path.relative_to(project).as_posix() for path in sources - left}
    assert gone == {*made, *tools, "docs/sg_execution_times.rst"}
    assert invoke(project, "clean", "--all").stdout == "nothing to remove\n"


def test_clean_never_follows_a_link_out_of_the_repository(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "_build").mkdir()
    (outside / "_build" / "precious.txt").touch()
    (project / "docs" / "_build").symlink_to(outside / "_build")
    (project / "docs" / "gallery").mkdir()
    (project / "docs" / "gallery" / "link").symlink_to(outside)
    invoke(project, "clean")
    assert not (project / "docs" / "_build").is_symlink()
    assert not (project / "docs" / "gallery").exists()
    assert (outside / "_build" / "precious.txt").exists()

    shutil.rmtree(project / "docs")
    (project / "docs").symlink_to(outside)
    assert invoke(project, "clean").stdout == "nothing to remove\n"
    assert (outside / "_build" / "precious.txt").exists()


def test_nothing_of_a_missing_tool_is_a_traceback(project: Path) -> None:
    """Where neither beside invoke nor on the path there is a uv."""
    script = (
        "import importlib.util, sys; sys.argv = ['invoke', 'freeze'];"
        "find = importlib.util.find_spec;"
        "importlib.util.find_spec = lambda name, *more: name != 'uv' and find(name, *more);"
        "import invoke.main; invoke.main.program.run()"
    )
    (project / "requirements" / "dev.in").write_text("pluggy\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env=os.environ | {"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    refused(done, 2, "uv is missing", "pip install -r requirements/dev.txt")


def test_kept_results_are_looked_after(project: Path) -> None:
    done = invoke(project, "cache", "--verify")
    assert done.returncode == 0, done.stderr
    assert "docs/_build/docent/cache: 0 entries, 0.0 MiB" in done.stdout
    done = invoke(project, "cache", "--merge", "here", "--merge", "there")
    assert done.returncode == 2
    assert done.stderr == "cache: --merge here: there is no such folder\n"


def test_workflows_learn_the_layout_before_anything_is_installed(project: Path) -> None:
    script = ["-I", str(project / "tools/automation/layout.py")]
    whole = subprocess.run([sys.executable, *script], capture_output=True, text=True, check=True)
    assert whole.stdout.splitlines() == [
        "html=docs/_build/html",
        "state=docs/_build/docent",
        "requirements=requirements",
    ]
    (project / "pyproject.toml").write_text('[tool.docent]\nbuild = "../up"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *script, "html"], capture_output=True, text=True, check=False
    )
    refused(done, 2, "build", "'../up'")


def test_the_published_folders_are_the_projects_own(project: Path, tmp_path: Path) -> None:
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('[tool.docent.published]\ndevelopment = "dev"\nrelease = "{major}.{minor}.x"\n')
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>A page.</p>", encoding="utf-8")
    build_info.write_build_info(site, build_info.BuildInfo("t", "html", "all", "", {}, "", 0, {}))
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "r.git"], check=True)
    words = ("--remote", str(tmp_path / "r.git"), "--site", str(site), "--dry-run")
    assert "A dev/index.html\n" in invoke(project, "deploy", *words).stdout
    done = invoke(project, "deploy", *words, "--version", "v1.2.3", "--alias", "stable")
    assert "A 1.2.x/index.html\n" in done.stdout
    assert "A stable/index.html\n" in done.stdout
    assert "A versions.json\n" in done.stdout
