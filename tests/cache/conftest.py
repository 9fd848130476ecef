"""What tests of the cache have in common."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.installed_projects import install
from tests.helpers.places import Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project with a few files; its modules can be imported."""
    found = Place(tmp_path)
    for name in ("repo/docs/x.csv", "repo/lib/own.py", "home/.rc", "other/x.csv"):
        found.write(name, "1")
    found.write("repo/lib/pk/__init__.py")
    found.write("repo/lib/pk/a.py")
    found.path("repo/docs/link").symlink_to("x.csv")
    found.site.mkdir(parents=True)
    install(found.site, "dist", "1", {"dist/__init__.py": "", "dist/data.csv": "1"})
    for folder in (found.site, found.path("repo/lib")):
        monkeypatch.syspath_prepend(str(folder))
    return found
