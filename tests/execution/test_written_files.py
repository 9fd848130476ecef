"""What a tutorial leaves is its page, made of regular files; everything else is removed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.isolated_functions import USERS, as_user, folder_of

from sphinx_docent.execution.isolation import upper


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> int:
    """Each test runs as root, if the tests do, and as somebody else."""
    return int(request.param)


def opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def test_only_regular_files_are_taken(user: int) -> None:
    def server(folder: Path) -> Any:
        page = folder / "upper/docs/gallery"
        (page / "images/thumb").mkdir(parents=True)
        (page / "plot_a.rst").write_text("page")
        (page / "plot_b.rst").write_text("another's")
        (page / "images/plot_a_1.png").write_text("picture")
        (page / "images/plot_a_2.png").symlink_to("/etc/passwd")
        (page / "images/thumb/plot_a_3.png").write_text("unreadable")
        (page / "images/thumb/plot_a_3.png").chmod(0)
        (page / "images/thumb").chmod(0)
        os.mkfifo(page / "plot_a.ipynb")
        (page / "plot_a_link").symlink_to("/etc", target_is_directory=True)
        taken = upper.take(
            opened(folder / "upper"),
            "docs/gallery",
            folder / "target",
            lambda path: path.rpartition("/")[2].startswith("plot_a"),
            1000,
        )
        found = [path for path in (folder / "target").rglob("*") if not path.is_dir()]
        assert sorted(taken) == sorted(str(path.relative_to(folder / "target")) for path in found)
        return sorted(taken)

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == [
            "images/plot_a_1.png",
            "images/thumb/plot_a_3.png",
            "plot_a.rst",
        ]


@pytest.mark.parametrize("link", ["docs", "docs/gallery"])
def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path, link: str) -> None:
    (tmp_path / "elsewhere/gallery").mkdir(parents=True)
    (tmp_path / "elsewhere/gallery/plot_a.rst").write_text("not the tutorial's")
    (tmp_path / "elsewhere/plot_a.rst").write_text("not the tutorial's")
    (tmp_path / "upper" / link).parent.mkdir(parents=True)
    (tmp_path / "upper" / link).symlink_to(tmp_path / "elsewhere")
    handle = opened(tmp_path / "upper")
    assert upper.take(handle, "docs/gallery", tmp_path / "target", lambda path: True, 10) == []


def test_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "upper").mkdir()
    (tmp_path / "upper/big").write_bytes(bytes(1001))
    with pytest.raises(upper.TooMuchError, match="big"):
        upper.take(opened(tmp_path / "upper"), ".", tmp_path / "target", lambda path: True, 1000)
    assert not list((tmp_path / "target").glob("*"))


def test_everything_can_be_removed(user: int) -> None:
    def server(folder: Path) -> Any:
        base = folder / "base"
        (base / "locked/inner").mkdir(parents=True)
        (base / "locked/inner/file").touch()
        for path in ("locked/inner", "locked"):
            (base / path).chmod(0)
        (base / "outside").symlink_to(folder, target_is_directory=True)
        (folder / "kept").touch()
        os.chdir(base)
        for _ in range(5000):
            os.mkdir("d")
            os.chdir("d")
        os.chdir(folder)
        upper.remove(base)
        return os.listdir(folder)

    with folder_of(user) as folder:
        assert as_user(user, lambda: server(folder)) == ["kept"]
