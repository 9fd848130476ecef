"""A remote that does not want a deployment, or dies of it, is as it was."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import (
    Remote,
    command,
    deploy,
    environment,
    rejected,
)
from tests.helpers.git import git

pytestmark = [pytest.mark.site, pytest.mark.usefixtures("others")]


def test_a_hook_that_rejects_is_quoted(site: Path, remote: Remote) -> None:
    remote.hook("pre-receive", "echo No deploys on Fridays; exit 1")
    rejected(site, remote, 2, "refused the push", "hook declined", "No deploys on Fridays")


def test_a_remote_that_dies_half_way_is_as_it_was(site: Path, remote: Remote) -> None:
    remote.hook("pre-receive", "kill -9 $PPID")
    rejected(site, remote, 2, "does not answer")


def test_a_remote_that_vanishes_before_the_push_is_as_it_was(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.git"
    script = tmp_path / "vanish"
    script.write_text(f'#!/bin/sh\n"$@"\ncd /; mv {remote.folder} {gone}\n', encoding="utf-8")
    script.chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(f'[uploadpack]\n\tpackObjectsHook = "{script}"\n', encoding="utf-8")
    before = remote.refs()
    done = deploy(site, remote.folder, GIT_CONFIG_GLOBAL=str(config))

    refused(done, 2, "does not answer")
    gone.rename(remote.folder)
    assert remote.refs() == before
    assert remote.is_whole()


def test_a_branch_that_may_not_be_pushed_to_is_as_it_was(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkout"
    git(tmp_path, "init", "--quiet", "-b", "pages", str(folder))
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "first")
    before = git(folder, "for-each-ref")
    refused(deploy(site, folder), 2, "refused the push")
    assert git(folder, "for-each-ref") == before


def test_no_room_is_one_line(site: Path, remote: Remote) -> None:
    before = remote.refs()
    limited = ["sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *command(site, remote.folder)]
    done = subprocess.run(
        limited, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    refused(done, 2, "deploy: ")
    assert remote.refs() == before
    assert remote.is_whole()


def test_what_is_no_repository_is_one_line(site: Path, tmp_path: Path) -> None:
    refused(deploy(site, tmp_path), 2, "does not answer")
    refused(deploy(site, tmp_path / "nowhere.git"), 2, "nowhere.git")
    refused(deploy(site, ""), 2, "--remote", "DOCENT_REMOTE")


def test_without_git_there_is_one_line(site: Path, remote: Remote) -> None:
    refused(deploy(site, remote.folder, PATH="/nowhere"), 2, "git is missing")


def test_the_user_of_an_interrupted_deployment_finds_nothing_changed(
    site: Path, remote: Remote
) -> None:
    remote.hook("pre-receive", "kill -2 $(cat deployer); sleep 0.5; exit 1")
    before = remote.refs()
    with subprocess.Popen(
        command(site, remote.folder),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        (remote.folder / "deployer").write_text(str(process.pid), encoding="ascii")
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "deploy: interrupted\n"
    assert remote.refs() == before
