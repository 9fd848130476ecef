"""What of a project travels to a worker, and arrives there as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.helpers.comparing import contents
from tests.helpers.git import commit
from tests.helpers.sites import Site

from sphinx_docent.cluster.bundle import pack_project, unpack_project


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
