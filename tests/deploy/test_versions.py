"""Versions and their aliases stand beside each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import (
    Remote,
    certify_again,
    deploy,
    deployed,
    for_release,
)

from sphinx_docent.deploy import versions
from sphinx_docent.deploy.errors import DeployError
from sphinx_docent.deploy.layout import Layout

DOCS = Layout()
DEV, V1, V2 = (
    {"version": "dev", "aliases": []},
    {"version": "v1", "aliases": ["latest", "old"]},
    {"version": "v2", "aliases": []},
)


def test_a_list_comes_back_as_it_was_written() -> None:
    assert versions.parse(None, "v.json") == []
    assert versions.parse(versions.dump([DEV, V1]), "v.json") == [DEV, V1]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"{}", b"[1]", b'[{"version": 1}]', b'[{"name": "a"}]']
)
def test_what_is_no_list_of_versions_is_refused(data: bytes) -> None:
    with pytest.raises(DeployError, match="no list of versions"):
        versions.parse(data, "v.json")


def test_an_alias_leads_to_one_version_alone() -> None:
    assert versions.aliases_of([DEV, V1], "v1", DOCS) == ["latest", "old"]
    entries = versions.with_version([DEV, V1], "v2", ["latest"], [], DOCS)
    assert [(e["version"], e["aliases"]) for e in entries] == [
        ("dev", []),
        ("v2", ["latest"]),
        ("v1", ["old"]),
    ]


def test_what_a_version_lacks_is_in_the_list() -> None:
    (entry,) = versions.with_version([], "dev", [], ["its build found 1 problem"], DOCS)
    assert (entry["url"], entry["partial"]) == ("./", ["its build found 1 problem"])
    (entry,) = versions.with_version([entry], "dev", [], [], DOCS)
    assert "partial" not in entry


def test_the_newest_release_comes_first() -> None:
    entries: list[versions.Entry] = []
    for name in ("v1.9.0", "v1.10.0rc1", "dev", "v1.10.0", "v2.0.0.dev1", "v1.10.1"):
        entries = versions.with_version(entries, name, [], [], DOCS)
    assert [entry["version"] for entry in entries] == [
        "dev",
        "v2.0.0.dev1",
        "v1.10.1",
        "v1.10.0",
        "v1.10.0rc1",
        "v1.9.0",
    ]


def test_visitors_are_led_to_development_or_else_to_the_latest() -> None:
    assert versions.default_version([V2, V1, DEV], DOCS) is DEV
    assert versions.default_version([V2, V1], DOCS) is V1
    assert versions.default_version([V2], DOCS) is V2


def test_a_release_stands_beside_development(site: Path, remote: Remote) -> None:
    deployed(site, remote)
    before = remote.files()
    for_release(site, "v1.2")
    deployed(site, remote, "--version", "v1.2", "--alias", "latest")
    after = remote.files()
    changed = {path for path in before if after.get(path) != before[path]}
    assert changed == {"docs/versions.json"}
    assert "docs/v1.2/_notebooks/gallery/one.ipynb" in after
    assert after["docs/latest/guide.html"] == after["docs/v1.2/guide.html"]
    assert [(v["version"], v["aliases"]) for v in remote.json("docs/versions.json")] == [
        ("dev", []),
        ("v1.2", ["latest"]),
    ]


def test_latest_moves_with_the_next_release(built: Path, remote: Remote, tmp_path: Path) -> None:
    for version in ("v1.9", "v1.10"):
        site = shutil.copytree(built, tmp_path / version)
        (site / f"only-{version}.txt").touch()
        for_release(site, version)
        deployed(site, remote, "--version", version, "--alias", "latest")
    files = remote.files()
    assert "docs/latest/only-v1.10.txt" in files
    assert "docs/latest/only-v1.9.txt" not in files
    assert "docs/v1.9/only-v1.9.txt" in files
    assert [(v["version"], v["aliases"]) for v in remote.json("docs/versions.json")] == [
        ("v1.10", ["latest"]),
        ("v1.9", []),
    ]
    # Without a development version, visitors are led to the latest one.
    assert 'href="docs/v1.10/"' in remote.read("index.html")
    assert 'href="v1.10/"' in remote.read("docs/index.html")
    deployed(built, remote)
    assert 'href="docs/"' in remote.read("index.html")
    assert "only-v1.10" not in remote.read("docs/index.html")
    # What is deployed again takes its alias along.
    (tmp_path / "v1.10" / "more.txt").touch()
    certify_again(tmp_path / "v1.10")
    deployed(tmp_path / "v1.10", remote, "--version", "v1.10")
    assert "docs/latest/more.txt" in remote.files()


def test_names_that_stand_for_two_things_are_refused(site: Path, remote: Remote) -> None:
    for_release(site, "v1")
    deployed(site, remote, "--version", "v1", "--alias", "latest")
    for flags, part in (
        (("--version", "latest"), "alias of v1"),
        (("--version", "v2", "--alias", "v1"), "is a version"),
        (("--version", "../up"), "../up"),
        (("--version", "a b"), "a b"),
        (("--branch", "a..b"), "a..b"),
        (("--alias", "dev"), "is a version"),
    ):
        refused(deploy(site, remote.folder, *flags), 2, part)
