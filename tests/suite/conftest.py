"""A project of one page, with our noxfile and tasks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import tiny_project


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project.make_environments(tmp_path_factory.getbasetemp())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with environments of its own."""
    return tiny_project.make(tmp_path)


@pytest.fixture
def build_project(project: Path, environments: Path) -> Path:
    """A project with environments that are there already."""
    (project / ".nox").symlink_to(environments)
    return project
