"""An overlay finds its place, whatever the repository is called and whatever is mounted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.isolated_functions import (
    USERS,
    as_user,
    execute,
    folder_of,
    make_plan,
    make_repository,
    snapshot,
)
from tests.helpers.repository import SRC
from tests.helpers.ways_to_write import here, overwrite


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> int:
    """Each test runs as root, if the tests do, and as somebody else."""
    return int(request.param)


NAMES = [
    "plain",
    "with space",
    "comma,colon:back\\slash",
    "quote'\"%s{x}$HOME",
    "ünïcode-日本",
    "nœud\nline",
    "=,lowerdir=/etc",
    "l" * 250,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_the_repository(user: int, name: str) -> None:
    def server(folder: Path) -> Any:
        make_repository(folder / name)
        before = snapshot(folder / name)
        plan = make_plan(folder / name, folder / "run")

        def tutorial() -> str:
            overwrite(here() / "data.csv")
            return os.getcwd()

        ended = execute(plan, tutorial)
        assert snapshot(folder / name) == before
        return [ended.answer, ended.written]

    with folder_of(user) as folder:
        found = as_user(user, lambda: server(folder))
        assert found == [f"{folder}/{name}/docs/tutorials", ["docs/tutorials/data.csv"]]


def test_a_very_long_path(user: int) -> None:
    long = "/".join(["l" * 200] * 18)

    def server(folder: Path) -> Any:
        make_repository(folder / long)
        plan = make_plan(folder / long, folder / "run")
        return sorted(execute(plan, lambda: Path("data.csv").read_text()).read)

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == ["docs/tutorials/data.csv"]


def test_a_checkout_behind_a_symbolic_link(user: int) -> None:
    """Both names lead to the overlay."""

    def server(folder: Path) -> Any:
        make_repository(folder / "repository")
        (folder / "link").symlink_to("repository")
        before = snapshot(folder / "repository")
        plan = make_plan(folder / "link", folder / "run")

        def tutorial() -> str:
            overwrite(folder / "link/data/x.csv")
            return (folder / "repository/data/x.csv").read_text()

        answer = execute(plan, tutorial).answer
        assert snapshot(folder / "repository") == before
        return answer

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == "overwritten"


def test_a_base_folder_in_the_repository(user: int) -> None:
    def server(folder: Path) -> Any:
        make_repository(folder / "repository")
        run = folder / "repository/docs/_build/run"
        plan = make_plan(folder / "repository", run)
        before = snapshot(folder / "repository")

        def tutorial() -> Any:
            overwrite(here() / "a")
            return os.listdir(run)

        ended = execute(plan, tutorial)
        after = snapshot(folder / "repository")
        assert {**after, str(run): ()} == {**before, str(run): ()}
        return [ended.answer, ended.written]

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == [[], ["docs/tutorials/a"]]


def test_a_base_folder_that_cannot_be_an_upper_layer() -> None:
    """As in a container whose root is an overlay."""
    if os.getuid():
        pytest.skip("needs root")
    with folder_of(0) as folder:
        for name in ("lower", "upper", "work", "merged"):
            (folder / name).mkdir()
        options = f"lowerdir={folder}/lower,upperdir={folder}/upper,workdir={folder}/work"
        subprocess.run(
            ["mount", "-t", "overlay", "overlay", "-o", options, folder / "merged"], check=True
        )
        try:
            for user in USERS:
                home = folder / f"merged/{user}"
                home.mkdir()
                os.chown(home, user, user)

                def server(home: Path = home) -> Any:
                    make_repository(home / "repository")
                    before = snapshot(home / "repository")
                    plan = make_plan(home / "repository", home / "run")
                    ended = execute(plan, lambda: overwrite(here() / "data.csv"))
                    read = execute(plan, lambda: subprocess.run(["cat", "data.csv"]).returncode)
                    assert snapshot(home / "repository") == before
                    return [ended.written, sorted(read.read)]

                csv = ["docs/tutorials/data.csv"]
                assert as_user(user, server) == [csv, csv]
        finally:
            subprocess.run(["umount", folder / "merged"], check=True)


def test_mounts_below_and_aliases() -> None:
    """Mounts in the repository are overlaid, too; an alias of it is covered."""
    if os.getuid():
        pytest.skip("needs root")

    def server(folder: Path) -> Any:
        laboratory_namespace()
        root = folder / "repository"
        make_mounts(folder, root)
        plan = make_plan(root, folder / "run")

        def tutorial() -> Any:
            overwrite(root / "data/volume/v.csv")
            overwrite(folder / "alias/data/y.csv")
            overwrite(folder / "part/tutorials/data.csv")
            seen = [(root / "data/y.csv").read_text(), (here() / "data.csv").read_text()]
            try:
                overwrite(root / "data/file")
            except OSError as error:
                seen.append(str(error.strerror))
            subprocess.run(["cat", folder / "alias/data/x.csv"], check=True)
            return seen

        before = snapshot(root)
        ended = execute(plan, tutorial)
        assert snapshot(root) == before
        assert (folder / "big/v.csv").read_text() == "volume"
        return [ended.answer, sorted(ended.read)]

    with folder_of(0) as folder:
        answer, read = as_user(0, lambda: server(folder))
    assert answer == ["overwritten", "overwritten", "Read-only file system"]
    assert read == ["data/x.csv"]


def make_mounts(folder: Path, root: Path) -> None:
    """A volume and a file in the repository, and aliases of it and of a part of it."""
    make_repository(root)
    for name in ("alias", "part", "big"):
        (folder / name).mkdir()
    (root / "data/volume").mkdir()
    (root / "data/file").touch()
    mount = ["mount", "--bind"]
    subprocess.run([*mount, folder / "big", root / "data/volume"], check=True)
    subprocess.run([*mount, "/etc/hostname", root / "data/file"], check=True)
    subprocess.run([*mount, root, folder / "alias"], check=True)
    subprocess.run([*mount, root / "docs", folder / "part"], check=True)
    (folder / "big/v.csv").write_text("volume")


def laboratory_namespace() -> None:
    """Mounts that a test makes end with its process."""
    from sphinx_docent.execution.isolation import libc

    libc.unshare(libc.CLONE_NEWNS, "try")
    libc.mount("none", "/", "", libc.MS_REC | libc.MS_PRIVATE, "", "try")


def test_why_not_is_told() -> None:
    """A machine without user namespaces says which step failed."""
    code = (
        "import ctypes, sys\n"
        "from pathlib import Path\n"
        "from sphinx_docent.execution.isolation import libc, sandbox\n"
        "try:\n"
        "    sandbox.make_plan(Path(sys.argv[1]), Path(sys.argv[2]), lambda path: False, 1)\n"
        "except libc.StepError as error:\n"
        "    print(error)\n"
    )
    limit = Path("/proc/sys/user/max_user_namespaces")
    if os.getuid():
        pytest.skip("needs root")
    before = limit.read_text()
    with folder_of(0) as folder:
        (folder / "r").mkdir()
        (folder / "run").mkdir()
        env = {**os.environ, "PYTHONPATH": str(SRC)}
        # In a user namespace of its own, whose limits are its own.
        line = f"echo 0 > {limit}; exec {sys.executable} -c '{code}' {folder}/r {folder}/run"
        told = subprocess.run(
            ["unshare", "-Urm", "sh", "-c", line], capture_output=True, text=True, env=env
        )
    assert limit.read_text() == before
    assert told.stdout == "cannot make a user namespace: No space left on device\n", told
