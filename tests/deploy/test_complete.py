"""Only a site that is complete, and built for where it goes, is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.deploying import (
    CONF,
    Remote,
    certify_again,
    deploy,
    deployed,
    rejected,
)
from tests.helpers.git import git
from tests.helpers.sites import Site

pytestmark = [pytest.mark.site, pytest.mark.usefixtures("others")]


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


def test_a_plain_build_is_complete_if_it_executed_what_the_project_executes(
    remote: Remote, tmp_path: Path
) -> None:
    site = Site(tmp_path / "site")
    site.configure(CONF.replace('"guide"', '"gallery/one"'))
    site.replace("docs/conf.py", r'r"\.py$"', r'r"one\.py$"')
    site.tutorial("one")
    site.tutorial("two")
    out = site.build("-D", "plot_gallery=0").out
    rejected(out, remote, 1, "2 tutorials not executed")
    out = site.build().out
    assert "partial" not in deployed(out, remote)
    site.configure('sphinx_gallery_conf["filename_pattern"] = "one|two"\n')
    site.tutorial("two", "1 / 0")
    site.build()
    rejected(out, remote, 1, "1 tutorial failed: gallery/two")
    site.tutorial("two")
    site.build("-D", "docent_execute=two")
    deployed(out, remote)


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
