"""What an extra brings is imported where it is asked for, and nowhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.helpers.repository import ROOT
from tests.helpers.sites import Site

pytestmark = pytest.mark.site

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
MODULES = {name: name for names in EXTRAS.values() for name in names}

WITHOUT = """
import sys

class Hiding:
    def __init__(self, finder):
        self._finder = finder

    def __getattr__(self, name):
        return getattr(self._finder, name)

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            return None
        return self._finder.find_spec(name, path, target)

sys.meta_path[:] = map(Hiding, sys.meta_path)
"""

ASKING = {
    "cluster": ("html", 'docent_scheduler = "tcp://127.0.0.1:1"'),
    "shared": ("html", 'docent_cache = "file:///nowhere"'),
    "http": ("html", 'docent_cache = "https://127.0.0.1:1/x"'),
    "s3": ("html", 'docent_cache = "s3://bucket/x"'),
    "gs": ("html", 'docent_cache = "gs://bucket/x"'),
    "notebooks": ("notebooks", ""),
}


def build(site: Site, builder: str, *missing: str) -> subprocess.CompletedProcess[str]:
    """Build as if these packages were not installed."""
    site.write("blocked/sitecustomize.py", WITHOUT.format(names=set(missing)))
    path = os.pathsep.join([str(site.root / "blocked"), str(ROOT / "src")])
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", builder, "docs", f"docs/_build/{builder}"],
        cwd=site.root,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def site_with_one(folder: Path) -> Site:
    site = Site(folder / "project")
    script = '"""\\nOne\\n===\\n\\nOne.\\n"""\\nprint("output of", "one")\\n'
    site.write("docs/tutorials/one.py", script.replace("\\n", "\n"))
    return site


def test_without_any_extra_a_site_is_checked_executed_and_listed(tmp_path: Path) -> None:
    site = site_with_one(tmp_path)
    for builder in ("precheck", "html", "tutorials"):
        done = build(site, builder, *MODULES)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "output of one" in (site.docs / "_build/html/gallery/one.html").read_text("utf-8")


def test_every_extra_is_tried_and_described() -> None:
    assert set(ASKING) == set(EXTRAS)
    guide = "".join(file.read_text("utf-8") for file in (ROOT / "docs").rglob("*.md"))
    assert {name for name in EXTRAS if f"sphinx-docent[{name}]" in guide} == set(EXTRAS)


@pytest.mark.parametrize("extra", ASKING)
def test_what_asks_for_an_extra_that_is_missing_says_which(extra: str, tmp_path: Path) -> None:
    site = site_with_one(tmp_path)
    builder, setting = ASKING[extra]
    site.configure(f"{setting}\n")
    done = build(site, builder, *EXTRAS[extra])
    said = done.stdout + done.stderr
    assert re.search(rf"sphinx-docent\[{extra}\]", said), said
    assert "Traceback" not in said
