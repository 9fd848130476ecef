"""Whatever a tutorial writes in the repository is thrown away; it cannot get around that."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import isolated_functions
from tests.helpers.isolated_functions import (
    SOMEBODY,
    USERS,
    as_user,
    execute,
    execute_all,
    folder_of,
    make_plan,
    make_repository,
    snapshot,
    tell_errors,
)
from tests.helpers.ways_to_write import WAYS, here, overwrite

from sphinx_docent.execution.isolation.libc import StepError


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> int:
    """Each test runs as root, if the tests do, and as somebody else."""
    return int(request.param)


def test_whatever_is_written_is_thrown_away(user: int) -> None:
    """Each way succeeds, so far as the tutorial can see, and changes nothing."""

    def server(folder: Path) -> dict[str, str]:
        make_repository(folder / "repository")
        before = snapshot(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")

        def check(way: Callable[[], Any]) -> str:
            execute(plan, lambda: bool(way()))
            return "" if snapshot(folder / "repository") == before else "the repository is changed"

        wrong = tell_errors(WAYS, check)
        return {
            **wrong,
            "git": isolated_functions.git(folder / "repository", "status", "--porcelain"),
        }

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == {"git": ""}


SHELL = {
    "umount": "umount $ROOT || umount -l $ROOT",
    "umount in a namespace below": "unshare -Urm sh -c 'umount -l $ROOT'",
    "bind in a namespace below": "unshare -Urm sh -c 'mount --bind / /mnt && rm -r /mnt$ROOT'",
    "move": "unshare -Urm mount --move $ROOT /mnt",
    "mounts of the server": "nsenter -t $SERVER -m sh -c 'echo x > $ROOT/escaped'",
    "root of the server": "echo x > /proc/$SERVER/root$ROOT/escaped",
    "folder of the server": "echo x > /proc/$SERVER/cwd/escaped",
    "descriptors of the server": "for f in /proc/$SERVER/fd/*; do echo x > $f/escaped; done",
    "root of the first process": "echo x > /proc/1/root$ROOT/escaped",
    "memory of the server": "head -c 1 /proc/$SERVER/mem || exit 1; echo x > /proc/$SERVER/mem",
    "others' base folders": "echo x > $RUN/other/tmp/escaped",
    "own base folder": "echo x > $RUN/0/upper0/escaped",
}


def test_no_way_around_the_overlay(user: int) -> None:
    def server(folder: Path) -> dict[str, str]:
        root = folder / "repository"
        make_repository(root)
        os.chdir(root)
        plan = make_plan(root, folder / "run")
        (folder / "run/other/tmp").mkdir(parents=True)
        before = snapshot(folder / "repository")
        around: dict[str, str] = {}
        names = {"ROOT": str(root), "SERVER": str(os.getpid()), "RUN": plan.run}
        for name, line in SHELL.items():

            def tutorial(line: str = line) -> Any:
                return subprocess.run(["sh", "-c", line], env={**os.environ, **names}).returncode

            code = execute(plan, tutorial).answer
            if snapshot(root) != before or code == 0 or any(folder.rglob("escaped")):
                around[name] = f"exit code {code}"
        return around

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == {}


def test_only_own_processes_can_be_signalled(user: int) -> None:
    def server(folder: Path) -> Any:
        make_repository(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")
        server = os.getpid()

        def tutorial() -> Any:
            child = subprocess.Popen(["sleep", "60"])
            child.kill()
            child.wait()
            try:
                os.kill(server, 0)
            except PermissionError:
                return "not allowed"
            return "allowed"

        ended = execute(plan, tutorial)
        return [ended.answer, "not allowed" if ended.signals_scoped else "allowed"]

    with folder_of(user) as folder:
        found, expected = as_user(user, lambda: server(folder))
        assert found == expected


def test_a_folder_of_another_group_is_told() -> None:
    """Only root's overlay could be written in there."""
    if os.getuid():
        pytest.skip("needs root")

    def server(folder: Path) -> str:
        try:
            make_plan(folder / "repository", folder / "run")
        except StepError as error:
            return str(error).replace(str(folder), "")
        return ""

    with folder_of(SOMEBODY) as folder:
        as_user(SOMEBODY, lambda: make_repository(folder / "repository"))
        os.chown(folder / "repository/data", SOMEBODY, 999)
        told = as_user(SOMEBODY, lambda: server(folder))
    assert told == "/repository/data belongs to another user or group; only root can overlay it"


def test_neighbours_are_out_of_reach(user: int) -> None:
    """Two tutorials run at the same time; one looks for the other's files and memory."""

    def server(folder: Path) -> Any:
        make_repository(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run", slots=2)

        def victim() -> str:
            (here() / "data.csv").write_text("victim's")
            with open(folder / "pid", "w") as file:
                file.write(str(os.getpid()))
            os.rename(folder / "pid", folder / "victim")
            while not (folder / "done").exists():
                pass
            return (here() / "data.csv").read_text()

        def attacker() -> Any:
            while not (folder / "victim").exists():
                pass
            process = f"/proc/{(folder / 'victim').read_text()}"
            errors = []
            for path in (f"{process}/root{here()}/data.csv", f"{process}/cwd/data.csv"):
                try:
                    overwrite(Path(path))
                except PermissionError as error:
                    errors.append(str(error.strerror))
            (folder / "done").touch()
            return errors

        return [ended.answer for ended in execute_all(plan, {"a": victim, "b": attacker})]

    with folder_of(user) as folder:
        found = as_user(user, lambda: server(folder))
        assert found == ["victim's", ["Permission denied", "Permission denied"]]


def test_inherited_descriptors_lead_nowhere(user: int) -> None:
    def server(folder: Path) -> Any:
        make_repository(folder / "repository")
        plan = make_plan(folder / "repository", folder / "run")
        handle = os.open(folder / "repository", os.O_RDONLY)
        return execute(plan, lambda: os.readlink(f"/proc/self/fd/{handle}")).answer

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == "/dev/null"
