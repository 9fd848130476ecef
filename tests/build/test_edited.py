"""What was edited while a tutorial ran is told from what was not, whatever times it was given."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_docent.build.edited import Edits
from sphinx_docent.execution.answer import Observed
from sphinx_docent.files import file_clock

OLD = 1_500_000_000


def used(**tables: Path) -> Observed:
    """What a tutorial has used that has just looked."""
    paths = [str(path) for path in tables.values()]
    return Observed(
        used={table: (str(path),) for table, path in tables.items()},
        processes=False,
        absent=tuple(path for path in paths if not os.path.exists(path)),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a few files, of before."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("one")
    (tmp_path / "data" / "b.csv").write_text("two")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.csv").write_text("three")
    (tmp_path / "link").symlink_to("data")
    (tmp_path / "new.csv").write_text("three")
    os.utime(tmp_path / "new.csv", (OLD, OLD))
    return tmp_path


def edited(root: Path, edit: Callable[[Path], object], observed: Observed) -> bool:
    time.sleep(0.02)  # longer than a tick of the kernel
    since = file_clock()
    time.sleep(0.02)
    edit(root)
    return Edits(since, root, (root / "_build",)).touch(observed)


def write_as_before(root: Path) -> None:
    times = (root / "data/a.csv").stat()
    (root / "data/a.csv").write_text("six")
    os.utime(root / "data/a.csv", ns=(times.st_atime_ns, times.st_mtime_ns))


def swap_folders(root: Path) -> None:
    (root / "data").rename(root / "old")
    (root / "other").rename(root / "data")


def retarget(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").symlink_to("other")


EDITS: dict[str, Callable[[Path], object]] = {
    "written": lambda root: (root / "data/a.csv").write_text("six"),
    "written with its time": write_as_before,
    "moved in": lambda root: (root / "new.csv").replace(root / "data/a.csv"),
    "removed": lambda root: (root / "data/a.csv").unlink(),
    "another folder": swap_folders,
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_what_was_read_is_seen(root: Path, edit: str) -> None:
    assert edited(root, EDITS[edit], used(files=root / "data/a.csv"))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_a_neighbour_is_none(root: Path, edit: str) -> None:
    if edit != "another folder":
        assert not edited(root, EDITS[edit], used(files=root / "data/b.csv"))


def test_a_link_on_the_way_may_be_made_to_lead_elsewhere(root: Path) -> None:
    assert edited(root, retarget, used(files=root / "link/a.csv"))


def test_what_was_missing_may_have_come(root: Path) -> None:
    appears = used(kinds=root / "data/c.csv")
    assert edited(root, lambda root: (root / "data/c.csv").touch(), appears)
    assert not edited(root, lambda root: (root / "data/d.csv").touch(), used(kinds=root / "data/e"))


def test_that_a_file_is_there_does_not_depend_on_what_it_holds(root: Path) -> None:
    assert not edited(root, EDITS["written"], used(kinds=root / "data/a.csv"))
    assert edited(root, EDITS["removed"], used(kinds=root / "data/a.csv"))


def test_names_in_a_folder_count_and_contents_do_not(root: Path) -> None:
    listed = used(folders=root / "data")
    assert not edited(root, EDITS["written"], listed)
    assert edited(root, lambda root: (root / "data/b.csv").rename(root / "data/c.csv"), listed)
    assert edited(root, EDITS["removed"], listed)


def test_what_builds_make_is_no_edit(root: Path) -> None:
    observed = used(folders=root)
    assert not edited(root, lambda root: (root / "_build").mkdir(), observed)
    assert not edited(root, lambda root: (root / "__pycache__").mkdir(), observed)


def test_files_of_the_kernel_are_no_edit(root: Path) -> None:
    assert not edited(root, lambda _: None, used(files=Path("/proc/uptime")))
