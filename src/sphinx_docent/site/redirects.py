"""Pages that lead on from addresses that the project has given up: ``docent_redirects``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from ..built_site.redirect_page import redirect_page
from ..errors import DocentError
from ..files import write_whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def check_redirects(redirects: Mapping[Any, Any]) -> None:
    """Check ``docent_redirects``.

    :raises DocentError: an entry is not what it should be.
    """
    for old, new in redirects.items():
        for page in (old, new):
            if not isinstance(page, str) or not page or page.startswith(("/", ".")) or ":" in page:
                raise DocentError(
                    f"docent_redirects: {page!r} is no page: write it like 'guide/building',"
                    " from the folder of conf.py and without an ending"
                )


def check_redirect_targets(app: Sphinx) -> None:
    """Warn of redirects that nobody needs, and of those that lead nowhere."""
    pages = app.env.all_docs
    for old, new in app.config.docent_redirects.items():
        if old in pages:
            text = "docent_redirects: %r is a page: it would hide the redirect"
            logger.warning(text, old, type="docent", subtype="redirect")
        if new.partition("#")[0] not in pages:
            text = "docent_redirects: %r leads to %r, which is no page"
            logger.warning(text, old, new, type="docent", subtype="redirect")


def write_redirects(app: Sphinx) -> None:
    """Write a page that leads on for every old page that the project names."""
    for old, new in app.config.docent_redirects.items():
        page, mark, anchor = new.partition("#")
        if old not in app.env.all_docs and page in app.env.all_docs:
            target = app.builder.get_relative_uri(old, page) + mark + anchor
            file = Path(app.builder.get_outfilename(old))  # type: ignore[attr-defined]
            write_whole(file, redirect_page(target).encode())
