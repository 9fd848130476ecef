"""The tasks as a person meets them: their help, their words, what they start and end."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from tests.helpers import tiny_project
from tests.helpers.tiny_project import invoke

from sphinx_docent.built_site import build_info

T = TypeVar("T")

TASKS = ("serve", "freeze", "deploy", "cache", "tutorials", "clean")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tiny_project.make(tmp_path)


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project.make_environments(tmp_path_factory.getbasetemp())


@pytest.fixture
def build_project(project: Path, environments: Path) -> Path:
    """A project with environments that are there already."""
    (project / ".nox").symlink_to(environments)
    return project


@contextmanager
def serving(project: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """``invoke serve`` in a process of its own, and the address that it prints."""
    log = project / "serve.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "invoke", "serve", *flags],
            cwd=project,
            env=tiny_project.environment(),
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        url = wait_for(lambda: re.search(r"http://localhost:\d+", log.read_text("utf-8")), log)
        yield process, url[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def wait_for(look: Callable[[], T | None], log: Path, seconds: float = 60) -> T:
    """What ``look`` finds in the end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as response:
        body: bytes = response.read()
    return body.decode()


def is_listening(url: str) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0


def working_in(folder: Path) -> list[str]:
    """The command lines of the processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append((process / "cmdline").read_text("utf-8").replace("\0", " "))
        except OSError:
            continue
    return found


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(part in done.stderr for part in parts), done.stderr


def test_every_task_and_flag_says_what_it_is_for(project: Path) -> None:
    listed = invoke(project, "-l").stdout
    for name in TASKS:
        assert re.search(rf"^  {name} +\w.{{20,}}\.$", listed, re.MULTILINE), listed
        words = invoke(project, "--help", name).stdout
        for flag in re.findall(r"^  (-.*)$", words, re.MULTILINE):
            assert re.search(r"\s{3,}\w", flag), flag


def test_serve_shows_the_built_site_and_ends_with_all_that_it_started(project: Path) -> None:
    site = project / "docs/_build/html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<h1>built</h1>", encoding="utf-8")
    with serving(project, "--port", "0") as (process, url):
        assert page(url) == "<h1>built</h1>"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert not is_listening(url)
    assert "Traceback" not in (project / "serve.log").read_text("utf-8")
    assert working_in(project) == []


def test_serve_says_in_one_line_what_is_wrong(project: Path) -> None:
    refused(invoke(project, "serve"), "build it first")
    (project / "docs/_build/html").mkdir(parents=True)
    (project / "docs/_build/html/index.html").touch()
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        refused(invoke(project, "serve", "--port", port), port, "taken")
        refused(invoke(project, "serve", "--live", "--port", port), port)
    for live in ((), ("--live",)):
        refused(invoke(project, "serve", *live, "--port", "abc"), "abc")
        refused(invoke(project, "serve", *live, "--port", "70000"), "70000")
        refused(invoke(project, "serve", *live, "--port", "0", "--host", "a..b"), "a..b")
    refused(invoke(project, "serve", "--execute", "x"), "--live")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_live_builds_again_after_an_edit_executing_only_what_was_asked(
    build_project: Path, stop: signal.Signals
) -> None:
    executed = "/mine/" if stop is signal.SIGTERM else "none"
    flags = ["--execute", executed] if executed != "none" else []
    log = build_project / "serve.log"
    with serving(build_project, "--live", "--port", "0", *flags) as (process, url):
        wait_for(lambda: "The first words." in page(url), log)
        assert "websocket-reload" in page(url)
        time.sleep(1)  # until the watcher watches
        (build_project / "docs/index.rst").write_text("Front\n=====\n\nOther.\n", "utf-8")
        wait_for(lambda: "Other." in page(url), log)
        time.sleep(5)  # enough for one more build, if what a build writes would start another
        process.send_signal(stop)
        assert process.wait(timeout=20) == 0
        assert not is_listening(url)
    assert working_in(build_project) == []
    builds = (build_project / "builds.txt").read_text("utf-8").splitlines()
    assert builds == [f"['html', '{executed}', 'auto']"] * 2
    assert not (build_project / "docs/_build/html").exists()


def test_deploy_hands_on_its_flags_and_the_exit_code(project: Path, tmp_path: Path) -> None:
    refused(invoke(project, "deploy", "--remote", "x"), "docs/_build/html", "build it first")
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
    refused(done, "uv is missing", "pip install -r requirements/dev.txt")


def test_kept_results_are_looked_after(project: Path) -> None:
    done = invoke(project, "cache", "--verify")
    assert done.returncode == 0, done.stderr
    assert "docs/_build/docent/cache: 0 entries, 0.0 MiB" in done.stdout
    done = invoke(project, "cache", "--merge", "here", "--merge", "there")
    assert done.returncode == 2
    assert done.stderr == "cache: --merge here: there is no such folder\n"
