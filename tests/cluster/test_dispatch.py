"""Who executes what on a cluster, and what of a project travels there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.helpers.engine import commit, contents
from tests.helpers.sites import Site

from sphinx_docent.cluster.bundle import pack_project, unpack_project
from sphinx_docent.cluster.dispatch import Task, Worker, choose, hopeless
from sphinx_docent.cluster.environment import difference, installed, own_environment

PLAIN, CUDA = Task(0), Task(1, ("cuda",))


def worker(threads: int = 1, **resources: float) -> Worker:
    return Worker("tcp://w:1", "w", "w", "/w", threads, resources)


def test_a_worker_with_a_device_takes_first_what_needs_it() -> None:
    assert choose([PLAIN, CUDA], worker(cuda=1), []) == CUDA
    assert choose([PLAIN], worker(cuda=1), []) == PLAIN
    assert choose([CUDA], worker(), []) is None


def test_a_device_executes_one_at_a_time() -> None:
    assert choose([Task(2, ("cuda",)), Task(3)], worker(4, cuda=1), [CUDA]) == Task(3)
    assert choose([Task(2, ("cuda",))], worker(4, cuda=2), [CUDA]) == Task(2, ("cuda",))


def test_a_worker_executes_no_more_than_it_has_threads() -> None:
    assert choose([PLAIN], worker(1), [CUDA]) is None


def test_what_was_lost_executes_alone() -> None:
    assert choose([Task(0, losses=1), Task(5)], worker(2), [Task(3)]) == Task(5)
    assert choose([Task(5)], worker(2), [Task(0, losses=1)]) is None


def test_what_nobody_can_execute_is_known() -> None:
    assert hopeless([PLAIN, CUDA], [worker()]) == [CUDA]
    assert hopeless([PLAIN], []) == [PLAIN]


def test_distributions_are_read_from_folder_names(tmp_path: Path) -> None:
    for name in ("Some_Thing-1.2.dist-info", "old-0.1-py3.11.egg-info", "pip-1.dist-info", "x.py"):
        (tmp_path / name).mkdir()
    assert installed([str(tmp_path), "/nowhere"]) == {"some-thing": "1.2", "old": "0.1"}
    assert {"python", "platform", "sphinx", "sphinx-gallery"} <= own_environment().keys()


def test_a_difference_is_named() -> None:
    ours = {"python": "3.11.1", "torch": "2.0"}
    assert difference(ours, dict(ours)) is None
    assert difference(ours, {"python": "3.12.0"}) == "its python is 3.12.0, here it is 3.11.1"
    assert difference(ours, {"python": "3.11.1"}) == "its torch is missing, here it is 2.0"


@pytest.mark.parametrize("with_git", [True, False])
def test_a_project_arrives_as_it_was(site: Site, tmp_path: Path, with_git: bool) -> None:
    site.write("tools/run.sh", "#!/bin/sh\n")
    (site.root / "tools/run.sh").chmod(0o755)
    (site.root / "tools/link").symlink_to("run.sh")
    (site.root / "docs/folder").symlink_to("../tools")
    (tmp_path / "secret").write_text("from elsewhere")
    (site.root / "docs/outer").symlink_to(tmp_path / "secret")
    site.write("docs/_build/html/made.html", "made")
    if with_git:
        commit(site)
        site.write("docs/untracked.txt", "new")
        site.write("runs.log", "ignored")
    parcel = pack_project(site.root, [site.docs / "_build"], [])
    blobs = {digest: path.read_bytes() for digest, path in parcel.sources.items()}
    unpack_project(parcel.manifest, blobs.__getitem__, tmp_path / "tree")
    arrived = contents(tmp_path / "tree")
    sent = contents(site.root, ".git/", "docs/_build", "runs.log")
    assert arrived == sent
    assert arrived["docs/outer"] == b"from elsewhere"
    assert not (tmp_path / "tree/docs/outer").is_symlink()
    assert (tmp_path / "tree/tools/run.sh").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "tree/tools/link").readlink() == Path("run.sh")
    assert (tmp_path / "tree/docs/folder").is_dir()


def test_a_file_that_git_ignores_travels_where_a_tutorial_declares_it(site: Site) -> None:
    commit(site)
    site.write("runs.log", "declared")
    assert "runs.log" not in pack_project(site.root, [], []).manifest
    assert "runs.log" in pack_project(site.root, [], [str(site.root / "runs.log")]).manifest


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "a\0b"])
def test_nothing_is_unpacked_outside(tmp_path: Path, name: str) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    for kind, entry in {"file": (name, digest, 0o644), "link": ("link", name, -1)}.items():
        with pytest.raises(ValueError, match="not inside"):
            unpack_project({entry[0]: entry[1:]}, lambda _: b"x", tmp_path / kind / "tree")
    assert not list(tmp_path.glob("**/out"))


def test_a_damaged_file_is_not_unpacked(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    with pytest.raises(ValueError, match="damaged"):
        unpack_project({"a": (digest, 0o644)}, lambda _: b"y", tmp_path / "tree")
