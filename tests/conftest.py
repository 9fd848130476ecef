"""What every test may ask for, and which tests are those of whole sites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.browsers import browser, page
from tests.helpers.sites import Site

__all__ = ["browser", "page"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that builds a site; what starts something else has its mark in its file."""
    for item in items:
        if {"site", "make_site"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("site")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with no tutorial yet."""
    return Site(tmp_path / "site")


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """Makes sites that several tests share."""
    return lambda: Site(tmp_path_factory.mktemp("shared") / "site")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what builds keep for a while."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder
