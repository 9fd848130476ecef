"""What is done once for all tutorials is done before they are forked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.sites import ALL

if TYPE_CHECKING:
    from tests.helpers.sites import Site


def test_what_every_tutorial_needs_is_made_ready_once(site: Site) -> None:
    """Forked processes find the placeholder of missing thumbnails scaled."""
    module = "sphinx_docent.gallery.thumbnails"
    site.tutorial("a", f"import {module} as own\n\nprint('ready', len(own._placeholders))")
    build = site.build(*ALL)
    assert "ready 1" in build.text("gallery/a"), build.output
