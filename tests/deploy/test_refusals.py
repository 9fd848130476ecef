"""What is not deployed: sites that are not complete, and remotes that do not want it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.deploying import (
    CONF,
    Remote,
    certify_again,
    command,
    deploy,
    deployed,
    environment,
    git,
    refused,
)
from tests.helpers.sites import Site

from sphinx_docent.git.redaction import redacted


@pytest.fixture(scope="module")
def project(make_site: Callable[[], Site]) -> Site:
    """A project whose site is complete."""
    site = make_site()
    site.configure(CONF)
    site.tutorial("one")
    site.tutorial("two")
    site.write("docs/guide.rst", ":orphan:\n\nGuide\n=====\n\nSee :doc:`index`.\n")
    assert site.build("-W", "-D", "docent_execute=all").code == 0
    return site


@pytest.fixture
def site(project: Site, tmp_path: Path) -> Path:
    """A copy of the built site that may be changed."""
    return shutil.copytree(project.docs / "_build" / "html", tmp_path / "built" / "html")


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    """A remote where somebody has put something."""
    remote = Remote(tmp_path / "remote.git")
    remote.put({"README": "mine"})
    return remote


def rejected(site: Path, remote: Remote, code: int, *parts: str) -> None:
    """It is not deployed, and the remote is as it was."""
    before = remote.refs()
    refused(deploy(site, remote.folder), code, *parts)
    assert remote.refs() == before
    assert remote.is_whole()


def test_a_site_that_was_never_built_is_refused(tmp_path: Path, remote: Remote) -> None:
    (tmp_path / "html").mkdir()
    rejected(tmp_path / "html", remote, 2, "nox -s docs_full")


def test_a_site_without_its_certificate_is_refused(site: Path, remote: Remote) -> None:
    (site / "docent.json").unlink()
    rejected(site, remote, 1, "did not come to an end")
    (site / "docent.json").write_text("{}", encoding="utf-8")
    rejected(site, remote, 1, "damaged")


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_a_site_that_was_changed_after_its_build_is_refused(
    site: Path, remote: Remote, change: str
) -> None:
    if change == "edited":
        page = site / "guide.html"
        page.write_text(page.read_text("utf-8").replace("Guide", "Diuge"), encoding="utf-8")
    elif change == "added":
        (site / "more.html").touch()
    else:
        (site / "genindex.html").unlink()
    rejected(site, remote, 1, "changed after its build")


def test_an_interrupted_build_leaves_no_certificate(project: Site, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.configure(CONF)
    site.tutorial("one")
    out = site.build("-D", "docent_execute=all").out
    assert (out / "docent.json").is_file()
    site.configure('def setup(app):\n    app.connect("write-started", lambda *_: 1 / 0)\n')
    site.build("-D", "docent_execute=all", "-a")
    assert not (out / "docent.json").exists()


def test_only_a_full_build_without_problems_is_complete(remote: Remote, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.configure(CONF.replace('"guide"', '"gallery/one"'))
    site.tutorial("one")
    site.tutorial("two", "1 / 0")
    out = site.build("-D", "docent_execute=one").out
    rejected(out, remote, 1, "docs_full", "gallery/two", "--allow-partial")
    site.build("-D", "docent_execute=all")
    rejected(out, remote, 1, "1 tutorial failed: gallery/two")
    site.tutorial("two", text="See :ref:`nowhere`.")
    site.build("-D", "docent_execute=all")
    rejected(out, remote, 1, "1 problem")
    said = deployed(out, remote, "--allow-partial")
    assert "1 problem" in said
    assert "1 problem" in git(remote.folder, "log", "-1", "--format=%B", "pages")
    (entry,) = remote.json("docs/versions.json")
    assert entry["partial"] == ["its build found 1 problem"]


def test_a_precheck_after_the_full_build_changes_nothing(project: Site, remote: Remote) -> None:
    project.precheck()
    deployed(project.docs / "_build" / "html", remote)


def test_every_broken_link_has_its_line(site: Path, remote: Remote) -> None:
    page = site / "guide.html"
    broken = (
        '<a href="nowhere.html">a</a><a href="index.html#lost">b</a><img srcset="a.png 2x">'
        '<a href="../v9/">c</a><a href="../../out.html">d</a>'
    )
    page.write_text(page.read_text("utf-8").replace("</body>", broken + "</body>"), "utf-8")
    (site / "_notebooks/gallery/one.ipynb").unlink()
    certify_again(site)
    before = remote.refs()
    done = deploy(site, remote.folder)
    assert done.returncode == 1
    assert remote.refs() == before
    lines = done.stderr.splitlines()
    for part in (
        "docs/guide.html: nowhere.html: there is no docs/nowhere.html",
        "docs/guide.html: index.html#lost: docs/index.html has no anchor 'lost'",
        "docs/guide.html: a.png:",
        "docs/guide.html: ../v9/: there is no v9/index.html",
        "docs/guide.html: ../../out.html: it leads out of the branch",
        "docs/gallery/one.html: https://colab.research.google.com/",
        "deploy: 6 broken links",
    ):
        assert len([line for line in lines if part in line]) == 1, (part, lines)
    assert len(lines) == 7
    assert deploy(site, remote.folder, "--dry-run").returncode == 1


def test_colab_links_must_name_the_branch_and_the_place(site: Path, remote: Remote) -> None:
    for flags, part in (
        (("--branch", "other"), "name the branch pages, not other: leave --branch out"),
        (("--version", "v1"), "built for another version"),
    ):
        done = deploy(site, remote.folder, *flags)
        assert done.returncode == 1
        assert part in done.stderr


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


def test_no_password_is_ever_printed(site: Path) -> None:
    address = "http://some-user:hunter22@127.0.0.1:1/site.git?token=abc123"
    for variables in ({}, {"GIT_TRACE": "1", "GIT_TRACE_CURL": "1", "GIT_CURL_VERBOSE": "1"}):
        done = deploy(site, address, folder=None, **variables)
        refused(done, 2, "127.0.0.1:1")
        for secret in ("hunter22", "abc123", "some-user"):
            assert secret not in done.stdout + done.stderr
    done = subprocess.run(
        command(site, ""),
        env=environment(DOCENT_REMOTE=address),
        capture_output=True,
        text=True,
        check=False,
    )
    refused(done, 2, "127.0.0.1:1")
    assert "hunter22" not in done.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a:b@host/x", "https://***@host/x"),
        ("fatal: no 'https://ghp_12345@host/'", "fatal: no 'https://***@host/'"),
        ("bad password hunter22", "bad password ***"),
        ("https://host/?access_token=12&b=1", "https://host/?access_token=***&b=1"),
        ("git@host:owner/x.git", "git@host:owner/x.git"),
    ],
)
def test_secrets_are_known_by_their_place(text: str, shown: str) -> None:
    assert redacted(text, "https://me:hunter22@host/") == shown


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
