"""Where the sources of tutorials can be read, as the theme is configured to know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config


def theme_source(config: Config) -> str:
    """The address of sources that the theme is configured with, with ``{path}``, or empty.

    Themes from pydata-sphinx-theme on know ``repository_url`` or ``html_context``'s ``github_…``.
    """
    options, context = config.html_theme_options, config.html_context
    if address := str(options.get("repository_url", "")).rstrip("/"):
        return f"{address}/blob/{options.get('repository_branch') or 'main'}/{{path}}"
    if context.get("github_user") and context.get("github_repo"):
        address = f"https://github.com/{context['github_user']}/{context['github_repo']}"
        return f"{address}/blob/{context.get('github_version') or 'main'}/{{path}}"
    return ""
