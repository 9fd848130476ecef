"""The preview of a pull request: beside the versions, never among them, gone when it is over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import Remote, certify_again, deploy, deployed

pytestmark = pytest.mark.site

PREVIEW = ("--version", "pr-12", "--branch", "pages")


def test_a_preview_stands_beside_the_versions_until_it_is_removed(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    deployed(site, remote)
    before = remote.files()
    (site / "_sources" / "guide.rst.txt").write_text("Guide\n=====\n\nOther words.\n", "utf-8")
    (site / "_sources" / "new.md.txt").write_text("New\n", encoding="utf-8")
    (site / "_sources" / "gallery" / "two.rst.txt").unlink()
    certify_again(site, problems=1)
    summary = tmp_path / "summary.json"
    said = deployed(site, remote, *PREVIEW, "--summary", str(summary))
    assert "partial site, as allowed: its build found 1 problem" in said
    assert "pr-12 is deployed" in said
    after = remote.files()
    assert "pr/12/guide.html" in after
    assert {p: b for p, b in after.items() if not p.startswith("pr/12/")} == before
    told = json.loads(summary.read_text("utf-8"))
    assert (told["version"], told["folder"]) == ("pr-12", "pr/12")
    assert told["pages"] == {"changed": ["guide"], "added": ["new"], "removed": ["gallery/two"]}

    deployed(site, remote, "--version", "pr-3", "--branch", "pages")
    assert "pr-12 is removed" in deployed(site, remote, *PREVIEW, "--remove")
    files = remote.files()
    assert not [path for path in files if path.startswith("pr/12/")]
    assert "pr/3/guide.html" in files
    assert "nothing to do" in deployed(site, remote, *PREVIEW, "--remove")


def test_a_preview_is_shown_with_its_broken_links(site: Path, remote: Remote) -> None:
    page = site / "guide.html"
    page.write_text(
        page.read_text("utf-8").replace("</body>", '<a href="nowhere.html">a</a></body>')
    )
    certify_again(site)
    said = deployed(site, remote, *PREVIEW)
    assert "broken link: pr/12/guide.html: nowhere.html: there is no pr/12/nowhere.html" in said


def test_only_a_preview_is_removed_and_it_has_no_alias(site: Path, remote: Remote) -> None:
    deployed(site, remote)
    before = remote.refs()
    for flags, part in (
        (("--remove",), "--version pr-NUMBER"),
        (("--remove", "--version", "v1"), "v1 is none"),
        ((*PREVIEW, "--alias", "latest"), "has no alias"),
    ):
        refused(deploy(site, remote.folder, *flags), 2, part)
    assert remote.refs() == before


def test_a_site_that_was_built_for_a_preview_is_published_nowhere_else(
    site: Path, remote: Remote
) -> None:
    certify_again(site, version="pr-12")
    refused(deploy(site, remote.folder), 1, "was built for pr-12")
    refused(deploy(site, remote.folder, "--version", "pr-13"), 1, "was built for pr-12")
    deployed(site, remote, *PREVIEW)


@pytest.mark.parametrize(
    ("flag", "part"),
    [
        ("--release-folder=docs", "must tell releases apart"),
        ("--release-folder={version}/html", "must tell releases apart"),
        ("--release-folder={vers}", "{vers} is none of"),
        ("--release-folder=../{version}", "give a folder of the branch"),
        ("--development-folder=", "give a folder of the branch"),
        ("--development-folder=.git", "give a folder of the branch"),
        ("--preview-folder=pr", "{number} must tell previews apart"),
    ],
)
def test_folders_that_are_none_are_refused(
    site: Path, remote: Remote, flag: str, part: str
) -> None:
    refused(deploy(site, remote.folder, flag), 2, part)
