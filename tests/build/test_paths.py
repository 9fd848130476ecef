"""Wherever a checkout lies, it is built; where nothing can be written, one line says so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.helpers.mounted import build_where, needs_mounts, read_only, small
from tests.helpers.sites import ALL, Site

pytestmark = pytest.mark.site

COLAB = 'docent_colab = {"repository": "owner/site", "branch": "main", "path": "docs"}\n'
CODE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"


def drawing_site(root: Path) -> Site:
    """A site with a picture and a notebook."""
    site = Site(root)
    site.with_matplotlib()
    site.configure(COLAB)
    site.tutorial("one", CODE)
    return site


@pytest.mark.parametrize(
    "folder",
    [
        "My Projects/the docs",
        "prøjekt/文档/ü",
        'it\'s (50% "done") & [more] #1',
        f"{'l' * 200}/{'m' * 200}/{'n' * 150}",
        "back\\slash $HOME ~",
    ],
    ids=["space", "unicode", "quotes", "long", "shell"],
)
def test_a_checkout_may_lie_anywhere(tmp_path: Path, folder: str) -> None:
    site = drawing_site(tmp_path / folder)
    assert site.precheck().code == 0
    build = site.build("-W", *ALL)
    assert (build.code, build.found) == (0, []), build.output
    assert build.is_executed("one")
    assert "sphx_glr_one_001.png" in build.html("gallery/one")
    assert (build.out / "_notebooks/gallery/one.ipynb").is_file()
    again = site.build("-W", "-E", *ALL)
    assert (again.code, again.runs) == (0, []), again.output


def test_a_folder_that_the_project_names_with_a_space_is_still_told(tmp_path: Path) -> None:
    site = Site(tmp_path / "My Projects")
    site.tutorial("one")
    site.tutorial("my tutorial")
    message = site.build(*ALL).report["diagnostics"][0]["message"]
    assert "my tutorial.py" in message
    assert "one.py" not in message


def test_braces_above_the_documentation_are_one_line(tmp_path: Path) -> None:
    site = drawing_site(tmp_path / "a {brace}")
    for build in (site.precheck(), site.build(*ALL)):
        assert build.code == 2
        assert "error: " in build.output
        assert "folder with braces in its name" in build.output.splitlines()[-1]
        assert "Traceback" not in build.output


def test_a_checkout_behind_a_link_is_the_same_checkout(tmp_path: Path) -> None:
    site = drawing_site(tmp_path / "real")
    (tmp_path / "link").symlink_to(site.root)
    linked = Site.__new__(Site)
    linked.root, linked.log, linked.state = tmp_path / "link", site.log, site.state
    linked.docs = linked.root / "docs"
    build = linked.build("-W", *ALL)
    assert (build.code, build.runs) == (0, ["one"]), build.output
    assert site.build("-W", *ALL).runs == []
    assert linked.precheck().code == 0


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """It ended with 2, and one line that says what to do."""
    lines = [line for line in done.stderr.splitlines() if line and "WARNING" not in line]
    assert done.returncode == 2, done
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert all(part in lines[0] for part in parts), lines[0]


@needs_mounts
@pytest.mark.parametrize("builder", ["precheck", "html"])
@pytest.mark.parametrize("built", [False, True])
def test_a_read_only_checkout_is_one_line(tmp_path: Path, builder: str, built: bool) -> None:
    site = drawing_site(tmp_path / "site")
    if built:
        site.build(*ALL)
    done = build_where(read_only(site.root), site, builder, *ALL, out=tmp_path / "out")
    refused(done, str(site.docs / "_build"), "read-only", "copy of the checkout")


@needs_mounts
def test_a_cache_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    site = drawing_site(tmp_path / "site")
    kept = tmp_path / "kept"
    kept.mkdir()
    site.configure(f"docent_cache = {str(kept)!r}\n")
    done = build_where(read_only(kept), site, "html", *ALL)
    assert done.returncode == 0, done
    (line,) = done.stderr.splitlines()
    assert f"cannot be kept in {kept}: Read-only file system [docent.cache]" in line
    assert "output of one" in (site.docs / "_build/html/gallery/one.html").read_text("utf-8")


@needs_mounts
@pytest.mark.parametrize("kilobytes", [40, 120, 300])
def test_a_full_disk_is_one_line(tmp_path: Path, kilobytes: int) -> None:
    site = drawing_site(tmp_path / "site")
    folder = site.docs / "_build"
    folder.mkdir()
    refused(
        build_where(small(folder, kilobytes), site, "html", *ALL),
        "no space is left on the disk: make room",
    )


@needs_mounts
def test_a_precheck_on_a_full_disk_is_one_line(tmp_path: Path) -> None:
    site = drawing_site(tmp_path / "site")
    folder = site.docs / "_build"
    folder.mkdir()
    refused(build_where(small(folder, 12), site, "precheck"), "no space is left", "make room")


@needs_mounts
def test_a_full_temporary_folder_is_what_a_failure_tells(tmp_path: Path) -> None:
    site = drawing_site(tmp_path / "site")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = build_where(small(scratch, 8), site, "html", *ALL, tmp=str(scratch))
    assert done.returncode == 1, done
    assert f"no space was left in {scratch}: make room, or set TMPDIR" in done.stderr
