"""Names lead where the kernel would follow them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sphinx_docent.execution.real_paths import RealPaths

NAMES = ["a", "link", "way/a", "way/../a", "round", "deep/b/../b/c", "missing/x", ".", "way/."]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_where_the_kernel_follows_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "deep" / "b").mkdir(parents=True)
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "way").symlink_to("deep/b")
    (tmp_path / "round").symlink_to("link")
    assert RealPaths().of(f"{tmp_path}/{name}") == os.path.realpath(f"{tmp_path}/{name}")


def test_links_in_circles_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert RealPaths().of(f"{tmp_path}/a") is None
    assert RealPaths().names(f"{tmp_path}/a") == (f"{tmp_path}/a",)


def test_what_this_process_alone_has_is_named_by_what_it_stands_for(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    assert RealPaths().names(f"/proc/self/fd/{handle}/a") == (f"{tmp_path}/a",)
    os.close(handle)
