"""Small real sites, for every test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.sites import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with no tutorial yet."""
    return Site(tmp_path / "site")


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """Makes sites that several tests share."""
    return lambda: Site(tmp_path_factory.mktemp("shared") / "site")
