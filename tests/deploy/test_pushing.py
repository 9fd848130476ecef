"""A push is all or nothing, whoever pushes at the same time."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.helpers.deploying import (
    Remote,
    command,
    deploy,
    deployed,
    environment,
    for_release,
)
from tests.helpers.git import git


def test_two_deployers_at_the_same_time_both_land(
    built: Path, remote: Remote, tmp_path: Path
) -> None:
    deployed(built, remote)
    started = []
    for version in ("v1", "v2", "v3"):
        site = shutil.copytree(built, tmp_path / version)
        for_release(site, version)
        words = command(site, remote.folder, "--version", version)
        started.append(subprocess.Popen(words, env=environment(), stdout=-1, stderr=-1, text=True))
    for process in started:
        said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert remote.is_whole()
    assert [v["version"] for v in remote.json("docs/versions.json")] == ["dev", "v3", "v2", "v1"]
    assert len(remote.commits()) == 4
    files = remote.files()
    assert all(f"docs/{version}/guide.html" in files for version in ("v1", "v2", "v3"))


@pytest.mark.parametrize("squash", [(), ("--squash",)])
def test_what_somebody_pushed_meanwhile_is_taken_in(
    site: Path, remote: Remote, squash: tuple[str, ...]
) -> None:
    remote.put({"README": "first"})
    # While the first push is under way, the branch gets another commit.
    remote.hook(
        "pre-receive",
        "test -e raced && exit 0; touch raced; unset GIT_QUARANTINE_PATH\n"
        "export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x\n"
        "unset GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
        "blob=$(echo second | git hash-object -w --stdin)\n"
        'tree=$(printf "100644 blob $blob\\tSECOND\\n" | git mktree)\n'
        "commit=$(git commit-tree -p pages -m second $tree)\n"
        "git update-ref refs/heads/pages $commit",
    )
    said = deployed(site, remote, *squash)
    assert "meanwhile" in said
    assert remote.read("SECOND") == "second\n"
    assert "docs/index.html" in remote.files()
    assert len(remote.commits()) == (1 if squash else 3)


def test_squashing_leaves_one_commit_and_every_file(site: Path, remote: Remote) -> None:
    remote.put({"README": "mine"})
    deployed(site, remote)
    before = remote.files()
    assert len(remote.commits()) == 2
    deployed(site, remote, "--squash")
    assert remote.files() == before
    assert len(remote.commits()) == 1
    assert "nothing to do" in deployed(site, remote, "--squash")


def test_a_dry_run_lists_and_pushes_nothing(site: Path, remote: Remote) -> None:
    said = deployed(site, remote, "--dry-run")
    assert "A docs/guide.html\n" in said
    assert "nothing was pushed" in said
    assert remote.refs() == ""


def test_a_partial_clone_is_enough_and_its_pushes_are_whole(site: Path, remote: Remote) -> None:
    """Where the server lets it, only what is needed is fetched."""
    git(remote.folder, "config", "uploadpack.allowFilter", "true")
    remote.put({"README": "mine", "index.html": "<p>mine</p>"})
    deployed(site, remote)
    for_release(site, "v1")
    deployed(site, remote, "--version", "v1", "--squash")
    assert remote.read("README") == "mine"
    assert len(remote.commits()) == 1


def test_a_remote_can_be_named_as_in_the_repository(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    folder = tmp_path / "checkout"
    git(tmp_path, "init", "--quiet", str(folder))
    git(folder, "remote", "add", "published", str(remote.folder))
    assert deploy(site, "published", folder=folder).returncode == 0
    assert "docs/index.html" in remote.files()


def test_nothing_is_left_in_the_temporary_folder(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    deployed(site, remote, TMPDIR=str(scratch))
    deploy(site, tmp_path / "nowhere", TMPDIR=str(scratch))
    assert os.listdir(scratch) == []
