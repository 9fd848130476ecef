"""Modules that are loaded before the server forks are seen as if each tutorial loaded them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.helpers.distributions import distribution, installed
from tests.helpers.repository import SRC
from tests.helpers.reuse import build
from tests.helpers.sites import Site


@pytest.mark.parametrize("preload", ["auto", "used"])
def test_modules_that_are_loaded_before_are_seen(site: Site, preload: str) -> None:
    """Several tutorials import one, so that the server loads it before it forks."""
    distribution(site, "deep", "1.0")
    distribution(site, "used", "1.0", "from deep import x\nfrom deep import x as y\n")
    installed(site)
    site.configure(f"docent_jobs = 1\ndocent_preload = {preload!r}")
    site.tutorial("alone")
    site.tutorial("one", "import used")
    site.tutorial("two", "from used import x\nprint(x)")
    assert len(build(site).runs) == 3
    assert build(site).runs == []
    distribution(site, "used", "2.0", "from deep import x\n")
    assert build(site).runs == ["one", "two"]


def test_a_server_needs_no_sphinx() -> None:
    code = "import sphinx_docent, sys; assert 'sphinx' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=SRC, check=True)
