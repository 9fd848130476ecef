"""The switcher between the versions of the site, which a theme's sidebar may hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

SWITCHER = "docent-versions.html"
_HERE = Path(__file__).parent


def offer_versions(app: Sphinx, config: Config) -> None:
    """Let ``html_sidebars`` name the version switcher, and load it where that is done."""
    config.templates_path = [*config.templates_path, str(_HERE / "templates")]
    if any(SWITCHER in names for names in config.html_sidebars.values()):
        if str(_HERE / "static") not in config.html_static_path:
            config.html_static_path.append(str(_HERE / "static"))
        # Deferred scripts run in this order.
        app.add_js_file("docent-deployed.js", loading_method="defer")
        app.add_js_file("docent-versions.js", loading_method="defer")
        app.add_css_file("docent-versions.css")
