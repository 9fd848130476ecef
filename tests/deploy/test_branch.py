"""What is on the branch after a deployment, and whose files are never touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.helpers.commands import refused
from tests.helpers.deploying import (
    CONF,
    Remote,
    certify_again,
    deploy,
    deployed,
    for_release,
)
from tests.helpers.git import git
from tests.helpers.sites import Site


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
