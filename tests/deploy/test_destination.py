"""Nothing is published where it is not meant to go: version, language, repository, branch."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import Remote, certify_again, deploy, deployed, for_release
from tests.helpers.git import git
from tests.helpers.sites import Site

pytestmark = pytest.mark.site


def unchanged(site: Path, remote: Remote, code: int, *parts: str, flags: tuple[str, ...]) -> None:
    """It is refused in one line, and the remote is as it was."""
    before = remote.refs()
    refused(deploy(site, remote.folder, *flags), code, *parts)
    assert remote.refs() == before


def test_a_site_of_one_version_is_not_published_as_another(
    make_site: Callable[[], Site], remote: Remote
) -> None:
    project = make_site()
    project.tutorial("one")
    out = project.build("-D", "docent_execute=all", env={"DOCS_VERSION": "v1.0"}).out
    part = ("was built for v1.0", "--version v1.0")
    unchanged(out, remote, 1, *part, "DOCS_VERSION=dev", flags=("--branch", "pages"))
    unchanged(out, remote, 1, *part, flags=("--version", "v1.1", "--branch", "pages"))
    deployed(out, remote, "--version", "v1.0", "--branch", "pages")
    out = project.build("-D", "docent_execute=all", "-D", "docent_version=dev").out
    unchanged(out, remote, 1, "was built for dev", flags=("--version", "v1.0"))
    deployed(out, remote, "--branch", "pages")


def test_the_colab_links_and_the_address_tell_the_version(site: Path, remote: Remote) -> None:
    for_release(site, "v1.0")
    unchanged(site, remote, 1, "Colab links lead to docs/v1.0", "another version", flags=())
    certify_again(site, colab={})
    unchanged(site, remote, 1, "html_baseurl ends in docs/v1.0", flags=())
    unchanged(site, remote, 1, "docs/v1.0", flags=("--version", "v2.0", "--branch", "pages"))
    certify_again(site, base_url="https://owner.example/project/dev/")
    flags = ("--development-folder=dev", "--release-folder={version}", "--version=1.0")
    unchanged(site, remote, 1, "html_baseurl ends in dev", flags=flags)


def test_a_version_keeps_its_language(site: Path, remote: Remote) -> None:
    certify_again(site, language="en")
    deployed(site, remote)
    (site / "more.txt").touch()
    certify_again(site, language="zh_CN")
    unchanged(site, remote, 1, "docs holds", "'en'", "'zh_CN'", "{language}", flags=())
    certify_again(site, language="../..")
    unchanged(site, remote, 2, "language is '../..'", flags=())


def test_each_language_can_have_folders_of_its_own(site: Path, remote: Remote) -> None:
    folders = ("--development-folder={language}/dev", "--release-folder={language}/{version}")
    certify_again(site, language="en", colab={}, base_url="")
    deployed(site, remote, *folders, "--branch", "pages")
    chinese = shutil.copytree(site, site.parent / "chinese")
    certify_again(chinese, language="zh_CN")
    deployed(chinese, remote, *folders, "--branch", "pages")
    files = remote.files()
    assert files["en/dev/guide.html"] == files["zh_CN/dev/guide.html"]
    assert remote.json("zh_CN/versions.json")[0]["url"] == "dev/"
    assert 'href="en/dev/"' in remote.read("index.html")
    assert 'href="dev/"' in remote.read("zh_CN/index.html")


@pytest.mark.parametrize(
    "address",
    [
        "https://token:hunter22@127.0.0.1:1/someone/site.git",
        "ssh://git@127.0.0.1:1/owner/sites.git",
        "git@127.0.0.1:other.git",
    ],
)
def test_another_repository_than_the_colab_links_name_is_refused(site: Path, address: str) -> None:
    done = deploy(site, address)
    refused(done, 1, "name the repository owner/site, not ", "docent_colab")
    assert "hunter22" not in done.stderr


def test_the_repository_that_they_name_is_taken(site: Path, remote: Remote, tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(f'[url "{remote.folder}"]\ninsteadOf = https://github.com/Owner/site.git\n')
    done = deploy(site, "https://github.com/Owner/site.git", GIT_CONFIG_GLOBAL=str(config))
    assert done.returncode == 0, done
    assert "docs/guide.html" in remote.files()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the sources."""
    folder = tmp_path / "sources"
    git(tmp_path, "init", "--quiet", "-b", "main", str(folder))
    for number in range(3):
        git(folder, "commit", "--quiet", "--allow-empty", "-m", f"Source {number}")
    return folder


@pytest.mark.parametrize("filters", ["true", "false"])
def test_a_branch_with_the_history_of_the_sources_is_refused(
    site: Path, remote: Remote, checkout: Path, filters: str
) -> None:
    git(remote.folder, "config", "uploadpack.allowFilter", filters)
    git(checkout, "push", "--quiet", str(remote.folder), "main:pages")
    before = remote.refs()
    part = ("pages holds the history of the sources", "--branch")
    refused(deploy(site, remote.folder, folder=checkout), 2, *part)
    # Somebody has added to it, which this checkout does not have.
    other = checkout.parent / "other"
    git(checkout.parent, "clone", "--quiet", str(checkout), str(other))
    git(other, "commit", "--quiet", "--allow-empty", "-m", "More")
    git(other, "push", "--quiet", str(remote.folder), "main:pages")
    later = remote.refs()
    assert later != before
    refused(deploy(site, remote.folder, folder=checkout), 2, *part)
    refused(deploy(site, remote.folder, "--squash", folder=checkout), 2, *part)
    assert remote.refs() == later


def test_a_branch_with_a_history_of_its_own_is_taken(
    site: Path, remote: Remote, checkout: Path
) -> None:
    git(checkout, "push", "--quiet", str(remote.folder), "main")
    remote.put({"README": "mine"})
    assert deploy(site, remote.folder, folder=checkout).returncode == 0
    (site / "more.txt").touch()
    certify_again(site)
    assert deploy(site, remote.folder, folder=checkout).returncode == 0
    assert len(remote.commits()) == 3
    assert remote.is_whole()
