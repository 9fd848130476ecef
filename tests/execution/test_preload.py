"""What every tutorial needs is loaded before the server forks, and nothing else is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.helpers.distributions import distribution, installed
from tests.helpers.repository import SRC
from tests.helpers.reuse import build
from tests.helpers.sites import ALL, Site


def test_what_every_tutorial_needs_is_made_ready_once(site: Site) -> None:
    """Forked processes find the placeholder of missing thumbnails scaled."""
    module = "sphinx_docent.gallery.sphinx_gallery"
    site.tutorial("a", f"import {module} as own\n\nprint('ready', len(own._placeholders))")
    done = site.build(*ALL)
    assert "ready 1" in done.text("gallery/a"), done.output


def test_a_tutorial_that_draws_by_itself_opens_no_window(site: Site) -> None:
    site.tutorial("a", "import matplotlib\n\nprint('draws with', matplotlib.get_backend())")
    assert "draws with agg" in site.build(*ALL).text("gallery/a").lower()


def test_matplotlib_is_not_loaded_to_render(site: Site) -> None:
    site.configure(
        """
        import sys

        def tell(app, exception):
            print("matplotlib:", sys.modules.get("matplotlib", "absent"))

        def setup(app):
            app.connect("build-finished", tell)
        """
    )
    site.tutorial("a")
    assert "matplotlib: absent" in site.build(builder="precheck").output
    assert "matplotlib: absent" in site.build(*ALL).output
    assert "matplotlib: absent" in site.build(*ALL).output


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
