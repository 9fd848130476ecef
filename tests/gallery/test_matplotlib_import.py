"""matplotlib is loaded by tutorials that draw, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.sites import ALL

if TYPE_CHECKING:
    from tests.helpers.sites import Site


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
