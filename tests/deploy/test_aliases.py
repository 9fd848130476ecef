"""An alias goes forward; backward only by force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import Remote, certify_again, deploy, deployed, for_release

from sphinx_docent.deploy.versions import newest_only

pytestmark = pytest.mark.site

LATEST = ("--alias", "latest")
IF_NEWEST = ("--alias-if-newest", "latest")


@pytest.fixture
def release(built: Path, tmp_path: Path, remote: Remote) -> Path:
    """A site of v1.9, where v1.10 is deployed as the latest."""
    newer = shutil.copytree(built, tmp_path / "newer")
    for_release(newer, "v1.10")
    deployed(newer, remote, "--version", "v1.10", *LATEST)
    older = shutil.copytree(built, tmp_path / "older")
    for_release(older, "v1.9")
    return older


def latest(remote: Remote) -> str:
    """The version that the alias leads to."""
    (version,) = (
        entry["version"]
        for entry in remote.json("docs/versions.json")
        if "latest" in entry["aliases"]
    )
    return str(version)


def test_an_alias_goes_back_only_by_force(release: Path, remote: Remote) -> None:
    before = remote.refs()
    done = deploy(release, remote.folder, "--version", "v1.9", *LATEST)
    refused(done, 2, "'latest' leads to v1.10", "newer than v1.9", "--force-alias")
    assert remote.refs() == before
    deployed(release, remote, "--version", "v1.9", *LATEST, "--force-alias")
    assert latest(remote) == "v1.9"


def test_a_release_takes_an_alias_if_it_is_the_newest(
    release: Path, built: Path, remote: Remote, tmp_path: Path
) -> None:
    deployed(release, remote, "--version", "v1.9", *IF_NEWEST)
    assert latest(remote) == "v1.10"
    newest = shutil.copytree(built, tmp_path / "newest")
    for_release(newest, "v2.0")
    deployed(newest, remote, "--version", "v2.0", *IF_NEWEST)
    assert latest(remote) == "v2.0"


def test_what_is_newest_counts_all_releases_but_no_pre_release() -> None:
    entries = [{"version": name} for name in ("dev", "v1.10", "v2.0rc1")]
    for version, takes in (
        ("v1.9", False),
        ("v1.10", True),
        ("v1.11", True),
        ("v2.0rc2", False),
        ("v2.0", True),
    ):
        assert newest_only(entries, version, ["latest"]) == (["latest"] if takes else []), version
    assert newest_only([], "v2.0rc1", ["latest"]) == ["latest"]


def test_an_older_version_does_not_replace_a_newer_one_in_its_folder(
    site: Path, remote: Remote
) -> None:
    folders = ("--development-folder=dev", "--release-folder={major}.{minor}.x")
    where = (*folders, "--branch", "pages")
    certify_again(site, colab={}, base_url="")
    deployed(site, remote, *where, "--version", "v0.25.1", "--alias", "stable")
    done = deploy(site, remote.folder, *where, "--version", "v0.25.0")
    refused(done, 2, "0.25.x holds v0.25.1", "--force-alias")
    deployed(site, remote, *where, "--version", "v0.25.2")
    deployed(site, remote, *where)
    entries = remote.json("versions.json")
    assert [(e["version"], e["url"], e["aliases"]) for e in entries] == [
        ("dev", "dev/", []),
        ("v0.25.2", "0.25.x/", ["stable"]),
    ]
    files = remote.files()
    assert {"dev/guide.html", "stable/guide.html", "0.25.x/guide.html"} <= files.keys()
    assert 'href="0.25.x/"' in remote.read("index.html")
    assert '"../versions.json"' in remote.read("dev/_static/docent-deployed.js")
