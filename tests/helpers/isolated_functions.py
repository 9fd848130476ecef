"""Executes functions as tutorials are executed: forked, isolated, observed. As any user."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import stat
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_docent.execution.isolation import sandbox, upper
from sphinx_docent.execution.isolation.inotify import Observed, drain
from sphinx_docent.execution.isolation.sandbox import Plan
from sphinx_docent.execution.processes import blank_descriptors

SOMEBODY = 1234
USERS = [0, SOMEBODY] if os.getuid() == 0 else [os.getuid()]
_DUMPABLE = 4


@dataclass(frozen=True)
class Ended:
    """What is known of a function that has run.

    :param read: relative to the repository's root, like all paths here.
    """

    answer: Any
    observed: Observed
    read: set[str]
    created: set[str]
    written: list[str]
    signals_scoped: bool


def as_user(user: int, function: Callable[[], Any]) -> Any:
    """Call a function in a process of a user; what it returns must be data."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        outcome: dict[str, Any] = {}
        try:
            if user != os.getuid():
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
                # As if started by that user: who has changed its user may not be looked at.
                ctypes.CDLL(None).prctl(_DUMPABLE, 1, 0, 0, 0)
            outcome["value"] = function()
        except BaseException:
            outcome["error"] = traceback.format_exc()
        with os.fdopen(write, "w") as pipe:
            json.dump(outcome, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        outcome = json.load(pipe)
    os.waitpid(pid, 0)
    assert "error" not in outcome, outcome["error"]
    return outcome["value"]


@contextmanager
def folder_of(user: int) -> Iterator[Path]:
    """An empty folder that belongs to a user."""
    folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="docent-test-")))
    try:
        os.chown(folder, user, user if user else -1)
        folder.chmod(0o755)
        yield folder
    finally:
        upper.remove(folder)


def make_repository(root: Path) -> None:
    """A git repository with a tutorial, data beside it and above it, and a library."""
    for name, text in {
        "docs/tutorials/plot_a.py": "'''A'''",
        "docs/tutorials/data.csv": "1,2\n",
        "docs/tutorials/deep/er/est.csv": "deep",
        "docs/tutorials/script.sh": "#!/bin/sh\necho ran\n",
        "data/x.csv": "3,4\n",
        "data/y.csv": "5,6\n",
        "src/package/__init__.py": "value = 1\n",
        ".gitignore": "_build/\n*.so\n",
        "setup.cfg": "[metadata]\n",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "docs/tutorials/script.sh").chmod(0o755)
    (root / "docs/_build/gallery").mkdir(parents=True)
    (root / "link.csv").symlink_to("data/x.csv")
    library = next(Path("/usr/lib").glob("*-linux-gnu/libm.so.6"))
    shutil.copyfile(library, root / "src/package/fast.so")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "all")


def git(root: Path, *words: str) -> str:
    """Call git, independent of who the user is and how it is configured."""
    config = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "safe.directory=*"]
    environment = {**os.environ, "HOME": "/nonexistent", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), *config, *words]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stdout


def snapshot(root: Path) -> dict[str, tuple[Any, ...]]:
    """All that can be changed of a tree without reading anything of it anew."""
    found = {}
    for folder, _, files in os.walk(root):
        for path in [folder, *(f"{folder}/{name}" for name in files)]:
            status = os.lstat(path)
            regular = stat.S_ISREG(status.st_mode)
            digest = hashlib.sha256(Path(path).read_bytes()).hexdigest() if regular else ""
            found[path] = (
                status.st_ino,
                status.st_mode,
                status.st_mtime_ns,
                status.st_nlink,
                digest,
            )
    return found


def make_plan(root: Path, run: Path, slots: int = 1) -> Plan:
    """A plan in which build folders are excluded."""
    run.mkdir(exist_ok=True)
    return sandbox.make_plan(root, run, lambda path: path.endswith("_build"), slots)


def execute(plan: Plan, tutorial: Callable[[], Any], name: str = "0") -> Ended:
    """Execute one function, from the server's side and the child's."""
    return execute_all(plan, {name: tutorial})[0]


def execute_all(plan: Plan, tutorials: dict[str, Callable[[], Any]]) -> list[Ended]:
    """Execute functions at the same time, each in a slot of its own."""
    started = []
    for slot, (name, tutorial) in enumerate(tutorials.items()):
        link = sandbox.open_link(plan, name, slot, Path(plan.root, "docs/tutorials"))
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            _be_child(plan, link, tutorial, write)
        os.close(write)
        started.append((link, pid, read))
    ended = []
    for link, pid, read in started:
        answer = b""
        while chunk := os.read(read, 1 << 16):
            answer += chunk
            drain(link.instance, link.tally)
        os.close(read)
        os.waitpid(pid, 0)
        ended.append(_end(plan, link, json.loads(answer)))
    return ended


def _be_child(plan: Plan, link: sandbox.Link, tutorial: Callable[[], Any], write: int) -> None:
    try:
        sandbox.enter(plan, link)
        blank_descriptors({write})
        os.chdir("docs/tutorials")
        answer = {"value": tutorial()}
    except BaseException:
        answer = {"error": traceback.format_exc()}
    os.write(write, json.dumps(answer).encode())
    os._exit(0)


def _end(plan: Plan, link: sandbox.Link, answer: dict[str, Any]) -> Ended:
    outcome = sandbox.close_link(link)
    assert outcome is not None, answer
    written = sorted(upper.written_files(outcome.uppers[0][1]))
    sandbox.release(outcome)
    sandbox.discard(link)
    assert not link.base.exists()
    assert "error" not in answer, answer["error"]

    def inner(paths: frozenset[str]) -> set[str]:
        return {os.path.relpath(path, plan.root) for path in paths}

    observed = outcome.observed
    read, created = inner(observed.read), inner(observed.created)
    return Ended(answer["value"], observed, read, created, written, outcome.signals_scoped)


def tell_errors(ways: dict[str, Callable[[], Any]], check: Callable[[Any], str]) -> dict[str, str]:
    """Call each function, and what is wrong with what came of it."""
    wrong = {}
    for name, way in ways.items():
        try:
            problem = check(way)
        except AssertionError as error:
            problem = str(error)[-300:]
        if problem:
            wrong[name] = problem
    return wrong
