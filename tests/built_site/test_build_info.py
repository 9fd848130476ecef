"""A site is known for what it is while nothing of it was changed after its build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sphinx_docent.built_site.build_info import (
    BuildInfo,
    BuildInfoError,
    read_build_info,
    remove_build_info,
    write_build_info,
)

FACTS = BuildInfo("site", "html", "all", "", {}, "0123", 0, {"gallery/one": ("passed", "new")})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "gallery").mkdir()
    (tmp_path / "index.html").write_text("front")
    (tmp_path / "gallery" / "one.html").write_text("one")
    (tmp_path / ".doctrees").mkdir()
    write_build_info(tmp_path, FACTS)
    return tmp_path


def test_the_facts_come_back(site: Path) -> None:
    facts = read_build_info(site)
    assert replace(facts, digest="") == FACTS
    (site / ".doctrees" / "kept").touch()
    assert read_build_info(site) == facts


def test_what_was_changed_is_noticed(site: Path) -> None:
    page = site / "gallery" / "one.html"
    page.rename(site / "gallery" / "two.html")
    with pytest.raises(BuildInfoError, match="changed after its build"):
        read_build_info(site)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}'])
def test_what_cannot_be_read_is_damaged(site: Path, text: str) -> None:
    (site / "docent.json").write_text(text)
    with pytest.raises(BuildInfoError, match="damaged"):
        read_build_info(site)


def test_a_build_that_did_not_end_leaves_nothing(site: Path) -> None:
    remove_build_info(site)
    with pytest.raises(BuildInfoError, match="did not come to an end"):
        read_build_info(site)
