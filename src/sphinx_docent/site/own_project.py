"""The distribution that the documentation is of, as its repository tells: its name, its modules."""

from __future__ import annotations

from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from ..cache.distributions import documented_name
from ..notebooks.install_cell import OwnProject

_SOURCES = ("", "src", "lib", "python")
_NOT_PACKAGES = {"benchmarks", "doc", "docs", "examples", "test", "tests", "tools", "tutorials"}


def find_own_project(root: Path, release: str) -> OwnProject | None:
    """What pip is asked for to have the documented project.

    :param root: of the repository.
    :param release: that the documentation is of; one that was not released is not asked for.
    :returns: ``None`` where the repository holds no distribution.
    """
    name = documented_name(root)
    if not name:
        return None
    own = canonicalize_name(name).replace("-", "_")
    modules = {own, *(module for folder in _SOURCES for module in _modules(root / folder))}
    version = _released(release)
    return OwnProject(f"{name}=={version}" if version else name, frozenset(modules))


def _released(release: str) -> str:
    """The version that an index has; empty if it has none."""
    try:
        version = Version(release)
    except InvalidVersion:
        return ""
    return "" if version.is_devrelease or version.local else str(version)


def _modules(folder: Path) -> set[str]:
    packages = {file.parent.name for file in folder.glob("*/__init__.py")}
    modules = {file.stem for file in folder.glob("*.py")}
    return (packages | modules) - _NOT_PACKAGES - {"conf", "noxfile", "setup", "tasks"}
