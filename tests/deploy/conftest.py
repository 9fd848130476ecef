"""A complete site, and a git remote to deploy it to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.deploying import CONF, Remote
from tests.helpers.sites import ALL, Site

GUIDE = "Guide\n=====\n\n.. _below:\n\nBelow\n-----\n\nSee :ref:`below`.\n"


@pytest.fixture(scope="session")
def project(make_site: Callable[[], Site]) -> Site:
    """A project whose site is complete."""
    site = make_site()
    site.configure(CONF)
    site.tutorial("one")
    site.tutorial("two", comments='# sphinx_gallery_requires = ["nothing_like_it"]')
    site.write("docs/guide.rst", GUIDE)
    site.replace("docs/index.rst", "gallery/index", "gallery/index\n   guide")
    build = site.build("-W", *ALL)
    assert build.code == 0, build.output
    return site


@pytest.fixture(scope="session")
def built(project: Site) -> Path:
    """Its site."""
    return project.docs / "_build" / "html"


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return shutil.copytree(built, tmp_path / "built" / "html")


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    """A remote without a branch."""
    return Remote(tmp_path / "remote.git")


@pytest.fixture
def others(remote: Remote) -> None:
    """Somebody has put something there."""
    remote.put({"README": "mine"})
