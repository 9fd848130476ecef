"""Pages whose tutorial is gone go as well; files of others stay."""

from __future__ import annotations

import shutil

from tests.helpers.sites import ALL, Site


def test_removed_and_renamed_tutorials_leave_no_page(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    for name in ("keeps", "goes", "old", "sub/below"):
        site.tutorial(name)
    site.build(*ALL)
    (site.docs / "tutorials/goes.py").unlink()
    (site.docs / "tutorials/old.py").rename(site.docs / "tutorials/new.py")
    shutil.rmtree(site.docs / "tutorials/sub")
    for build in (site.build("-W", *ALL), site.precheck()):
        assert build.code == 0, build.output
        assert "WARNING" not in build.output
        left = {path.name for path in (site.docs / "gallery").rglob("*") if path.is_file()}
        assert not [name for name in left if "goes" in name or "old" in name or "below" in name]
        assert {"keeps.rst", "new.rst"} <= left
    build = site.build(*ALL)
    assert "Title of goes" not in build.html("gallery/index")
    assert not (site.docs / "gallery/sub/index.rst").exists()


def test_files_of_others_in_the_generated_folder_are_kept(site: Site) -> None:
    for name in ("one", "two"):
        site.tutorial(name)
    site.write("docs/gallery/mine.rst", ":orphan:\n\nMine\n====\n")
    site.write("docs/gallery/two_notes.txt", "mine")
    site.build(*ALL)
    (site.docs / "tutorials/two.py").unlink()
    site.build(*ALL)
    assert (site.docs / "gallery/mine.rst").is_file()
    assert (site.docs / "gallery/two_notes.txt").is_file()
