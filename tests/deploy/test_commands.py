"""Deploying: what is on the branch afterwards, and whose files are never touched."""

from __future__ import annotations

import os
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
    for_release,
    git,
    refused,
)
from tests.helpers.sites import Site

GUIDE = "Guide\n=====\n\n.. _below:\n\nBelow\n-----\n\nSee :ref:`below`.\n"


@pytest.fixture(scope="module")
def built(make_site: Callable[[], Site]) -> Path:
    """A complete site."""
    site = make_site()
    site.configure(CONF)
    site.tutorial("one")
    site.tutorial("two", comments='# sphinx_gallery_requires = ["nothing_like_it"]')
    site.write("docs/guide.rst", GUIDE)
    site.replace("docs/index.rst", "gallery/index", "gallery/index\n   guide")
    build = site.build("-W", "-D", "docent_execute=all")
    assert build.code == 0, build.output
    return build.out


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return shutil.copytree(built, tmp_path / "built" / "html")


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    return Remote(tmp_path / "remote.git")


def test_the_first_deployment_makes_the_branch(site: Path, remote: Remote) -> None:
    said = deployed(site, remote)
    assert "dev is deployed" in said
    files = remote.files()
    for path in (
        "docs/index.html",
        "docs/guide.html",
        "docs/_notebooks/gallery/one.ipynb",
        "docs/old/name.html",
        ".nojekyll",
    ):
        assert path in files
    assert not [path for path in files if "doctrees" in path or path.endswith("docent.json")]
    assert 'href="docs/"' in remote.read("index.html")
    assert remote.json("docs/versions.json") == [
        {"version": "dev", "name": "dev", "url": "./", "aliases": []}
    ]
    assert remote.commits() == ["Deploy dev to docs/"]


def test_the_same_site_again_makes_no_commit(site: Path, remote: Remote) -> None:
    deployed(site, remote)
    before = remote.refs()
    assert "nothing to do" in deployed(site, remote)
    assert remote.refs() == before


def test_a_build_of_the_same_sources_is_the_same_site(
    make_site: Callable[[], Site], remote: Remote
) -> None:
    site = make_site()
    site.configure(CONF.replace('"guide"', '"gallery/one"') + "docent_colab = {}\n")
    site.configure('sphinx_gallery_conf["download_all_examples"] = True\n')
    site.tutorial("one")
    deployed(site.build("-D", "docent_execute=all").out, remote)
    shutil.rmtree(site.docs / "_build" / "html")
    shutil.rmtree(site.docs / "gallery")
    # A fresh clone has times of its own.
    os.utime(site.docs / "tutorials" / "one.py", (1e9, 1e9))
    out = site.build("-D", "docent_execute=all").out
    site.precheck()
    assert "nothing to do" in deployed(out, remote)


def test_the_commit_names_its_source(site: Path, remote: Remote, tmp_path: Path) -> None:
    certify_again(site, commit="0123456789abcdef-dirty")
    deployed(site, remote)
    assert remote.read("docs/commit_hash") == "0123456789abcdef-dirty\n"
    body = git(remote.folder, "log", "-1", "--format=%B", "pages")
    assert "Docent-Source: 0123456789abcdef-dirty" in body


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


def test_a_removed_page_goes_and_nothing_else(site: Path, remote: Remote) -> None:
    deployed(site, remote)
    for_release(release := shutil.copytree(site, site.parent / "release"), "v1")
    deployed(release, remote, "--version", "v1")
    before = remote.files()
    (site / "genindex.html").unlink()
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("genindex.html", "index.html"), encoding="utf-8")
    certify_again(site)
    deployed(site, remote)
    after = remote.files()
    assert before.keys() - after.keys() == {"docs/genindex.html"}
    assert {p: b for p, b in before.items() if p.startswith("docs/v1/")}.items() <= after.items()


def test_a_page_that_is_gone_from_the_sources_is_gone_from_the_site(
    make_site: Callable[[], Site],
) -> None:
    site = make_site()
    site.configure(CONF)
    site.tutorial("one")
    site.tutorial("two")
    site.write("docs/guide.rst", "Guide\n=====\n")
    site.replace("docs/index.rst", "gallery/index", "gallery/index\n   guide\n   gone")
    site.write("docs/gone.rst", "Gone\n====\n")
    assert (site.build().out / "gone.html").is_file()
    (site.docs / "gone.rst").unlink()
    (site.docs / "tutorials" / "two.py").unlink()
    site.replace("docs/index.rst", "   gone\n", "")
    out = site.build().out
    assert (out / "guide.html").is_file()
    assert (out / "_notebooks/gallery/one.ipynb").is_file()
    for path in ("gone.html", "gallery/two.html", "_notebooks/gallery/two.ipynb"):
        assert not (out / path).exists(), path


def test_what_others_have_put_on_the_branch_stays(site: Path, remote: Remote) -> None:
    others = {
        "CNAME": "owner.example",
        "index.html": "<p>mine</p>",
        "404.html": "<p>mine</p>",
        'docs/blog/"odd" näme.html': "<p>mine</p>",
        "docs/v0.1/index.html": "<p>old</p>",
        "src/a": "x",
    }
    remote.put(others)
    before = remote.files()
    deployed(site, remote)
    (site / "guide-old.txt").touch()
    certify_again(site)
    deployed(site, remote)
    assert before.items() <= remote.files().items()


def test_a_file_of_others_is_only_replaced_when_that_is_wanted(site: Path, remote: Remote) -> None:
    remote.put(
        {"docs/index.html": "<p>mine</p>", "docs/gone.html": "", "docs/v0.1/index.html": "old"}
    )
    before = remote.refs()
    done = deploy(site, remote.folder)
    refused(done, 2, "docs/index.html", "--adopt")
    assert remote.refs() == before
    kept = remote.files()["docs/v0.1/index.html"]
    deployed(site, remote, "--adopt")
    files = remote.files()
    assert "docs/gone.html" not in files
    assert files["docs/v0.1/index.html"] == kept
    assert "mine" not in remote.read("docs/index.html")


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


def test_the_page_for_missing_addresses_knows_where_it_is(site: Path, remote: Remote) -> None:
    (site / "404.html").write_text(
        '<html><head></head><body id="/"><link href="/_static/basic.css">'
        '<a href="/guide.html">G</a> <a href="//elsewhere/">E</a></body></html>',
        encoding="utf-8",
    )
    certify_again(site, base_url="https://owner.example/project/docs/")
    deployed(site, remote)
    for path in ("404.html", "docs/404.html"):
        page = remote.read(path)
        assert 'href="/project/docs/_static/basic.css"' in page
        assert 'href="/project/docs/guide.html"' in page
        assert 'href="//elsewhere/"' in page


def test_a_remote_can_be_named_as_in_the_repository(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    folder = tmp_path / "checkout"
    git(tmp_path, "init", "--quiet", str(folder))
    git(folder, "remote", "add", "published", str(remote.folder))
    assert deploy(site, "published", folder=folder).returncode == 0
    assert "docs/index.html" in remote.files()


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


def test_nothing_is_left_in_the_temporary_folder(
    site: Path, remote: Remote, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    deployed(site, remote, TMPDIR=str(scratch))
    deploy(site, tmp_path / "nowhere", TMPDIR=str(scratch))
    assert os.listdir(scratch) == []


def test_another_timeline_of_the_same_pages_makes_no_commit(site: Path, remote: Remote) -> None:
    (site / "_docent").mkdir()
    timeline = site / "_docent" / "timeline.html"
    timeline.write_text("1 s", encoding="utf-8")
    certify_again(site)
    deployed(site, remote)
    timeline.write_text("2 s", encoding="utf-8")
    certify_again(site)
    assert "nothing to do" in deployed(site, remote)
    (site / "more.txt").touch()
    certify_again(site)
    deployed(site, remote)
    assert remote.read("docs/_docent/timeline.html") == "2 s"


def test_an_address_that_is_elsewhere_tells_nothing_about_the_branch(
    site: Path, remote: Remote
) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("owner.example/docs/", "owner.example/en/"), "utf-8")
    certify_again(site, base_url="https://owner.example/en/")
    deployed(site, remote)
