"""Sees that every page of a site was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def check_written_pages(app: Sphinx) -> None:
    """Fail a build that ends without some of its pages.

    Where Sphinx writes in parallel, an exception in a writer is not always told.
    """
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and builder.name in ("html", "dirhtml"):
        for page in sorted(app.env.found_docs):
            if not Path(builder.get_outfilename(page)).is_file():
                logger.error("the page was not written", location=page)
                app.statuscode = 1
