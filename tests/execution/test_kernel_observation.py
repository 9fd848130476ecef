"""Every file that is opened in the repository is seen, whoever opens it, and no other."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.isolated_functions import (
    USERS,
    as_user,
    execute,
    execute_all,
    folder_of,
    make_plan,
    make_repository,
)
from tests.helpers.ways_to_read import WAYS, X


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> int:
    """Each test runs as root, if the tests do, and as somebody else."""
    return int(request.param)


def call(way: Callable[[], Any]) -> str:
    return str(way())


def make(root: Path) -> None:
    make_repository(root)
    shutil.copy("/bin/true", root / "src/true")
    with sqlite3.connect(root / "docs/tutorials/base.sqlite") as base:
        base.execute("create table t (x)")


def test_exactly_what_is_opened_is_seen(user: int) -> None:
    def server(folder: Path) -> dict[str, Any]:
        make(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")
        wrong = {}
        for name, (way, expected) in WAYS.items():
            ended = execute(plan, partial(call, way))
            assert ended.observed.is_complete
            if ended.read != expected:
                wrong[name] = [ended.answer, sorted(ended.read)]
        return wrong

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == {}


def test_two_tutorials_at_a_time(user: int) -> None:
    """Each sees its own writes and causes its own events."""

    def tutorial(mine: str) -> Callable[[], Any]:
        def call() -> Any:
            for _ in range(200):
                subprocess.run(["true"], check=True)
                by_c_of(f"../../data/{mine}.csv")
            Path("data.csv").write_text(mine)
            return Path("data.csv").read_text()

        return call

    def server(folder: Path) -> Any:
        make(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run", slots=2)
        ended = execute_all(plan, {"a": tutorial("x"), "b": tutorial("y")})
        return [[one.answer, sorted(one.read)] for one in ended]

    with folder_of(user) as folder:
        found = as_user(user, lambda: server(folder))
    assert found == [["x", ["data/x.csv"]], ["y", ["data/y.csv"]]]


def by_c_of(path: str) -> None:
    library = ctypes.CDLL(None)
    library.close(library.open(path.encode(), os.O_RDONLY))


def test_how_files_were_used(user: int) -> None:
    def tutorial() -> Any:
        Path("../../data/x.csv").write_text("only written")
        Path("../../data/y.csv").write_text("written")
        Path("../../data/y.csv").read_text()
        Path("new.csv").write_text("new")
        os.link("data.csv", "hard.csv")

    def server(folder: Path) -> Any:
        root = folder / "repository"
        make(root)
        plan = make_plan(root, folder / "run")
        ended = execute(plan, tutorial)
        kinds = (ended.observed.read, ended.observed.written, ended.observed.read_back)
        inner = [sorted(os.path.relpath(path, root) for path in kind) for kind in kinds]
        return [*inner, sorted(ended.created), ended.written]

    with folder_of(user) as folder:
        read, written, back, created, upper = as_user(user, lambda: server(folder))
    assert (read, written, back) == ([], ["data/x.csv"], ["data/y.csv"])
    assert created == ["docs/tutorials/hard.csv", "docs/tutorials/new.csv"]
    assert "docs/tutorials/data.csv" in upper, "a hard link leaves a copy of what it was made of"


def test_listings_are_seen(user: int) -> None:
    def server(folder: Path) -> Any:
        root = folder / "repository"
        make(root)
        plan = make_plan(root, folder / "run")
        ended = execute(plan, lambda: subprocess.run(["ls", "../../data"]).returncode)
        return {os.path.relpath(path, root): n for path, n in ended.observed.listed.items()}

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == {"data": 1}


def test_lost_events_are_told(user: int) -> None:
    """A flood that the server does not read in time."""

    def tutorial() -> Any:
        library = ctypes.CDLL(None)
        for _ in range(20_000):
            library.close(library.open(b"data.csv", os.O_RDONLY))
            library.close(library.open(X.encode(), os.O_RDONLY))

    def server(folder: Path) -> Any:
        make(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")
        return execute(plan, tutorial).observed.is_complete

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) is False


def test_a_child_python(user: int) -> None:
    """Modules are seen as source or as compiled."""
    if not as_user(user, lambda: os.access(sys.executable, os.X_OK)):
        pytest.skip(f"{sys.executable} is not for others")

    def tutorial() -> Any:
        code = "import sys; sys.path.insert(0, '../../src'); import package; print(package.value)"
        return subprocess.run([sys.executable, "-I", "-c", code]).returncode

    def server(folder: Path) -> Any:
        make(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")
        return sorted(execute(plan, tutorial).read)

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == ["src/package/__init__.py"]


def test_folders_that_cannot_be_watched_are_told() -> None:
    """A user may have so many watches; what is near the tutorial is watched first."""
    if os.getuid():
        pytest.skip("needs root")
    code = (
        "import sys\n"
        "sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from tests.helpers.isolated_functions import *\n"
        "folder = Path(sys.argv[1])\n"
        "plan = make_plan(folder / 'repository', folder / 'run')\n"
        "Path('/proc/sys/user/max_inotify_watches').write_text('5')\n"
        "ended = execute(plan, lambda: Path('data.csv').read_text())\n"
        "observed = ended.observed\n"
        "total = len(plan.tree.folders)\n"
        "print(observed.is_complete, total - observed.unwatched)\n"
    )
    with folder_of(0) as folder:
        make_repository(folder / "repository")
        command = ["unshare", "-Urm", sys.executable, "-Bc", code, str(folder), *sys.path]
        told = subprocess.run(command, capture_output=True, text=True)
    assert told.stdout == "False 5\n", told
