"""What the page shows of nodes that no part of ours knows: graphs, diagrams, plots, videos.

Their extensions draw them when the page is written. They are asked for the same here, and their
pictures become a part of the notebook. What shows something on the page and nothing in the notebook
is a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urljoin

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from ..notebooks.html_media import Media, with_media
from ..notebooks.images import data_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

_SITE = "http://site/"
_YOUTUBE = re.compile(r"https://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)")


@dataclass(frozen=True, slots=True)
class PageMedia:
    """Where the pictures and videos of a page are.

    :param page_uri: the page's address, relative to the site.
    :param outdir: the site's folder.
    :param base: ``html_baseurl``.
    """

    page_uri: str
    outdir: Path
    base: str

    def picture(self, uri: str) -> str:
        """The address of a picture for the notebook; empty if there is none."""
        if re.match(r"(https?|data):", uri):
            return uri
        place = urljoin(urljoin(_SITE, self.page_uri), uri).removeprefix(_SITE)
        file = self.outdir / unquote(place)
        return data_address(file) if file.is_file() else ""

    def address(self, uri: str) -> str:
        """The address of anything else for the notebook; empty if nothing is published."""
        if found := _YOUTUBE.match(uri):
            return f"https://www.youtube.com/watch?v={found[1]}"
        if re.match(r"https?:", uri):
            return uri
        return (
            urljoin(urljoin(self.base.rstrip("/") + "/", self.page_uri), uri) if self.base else ""
        )


def drawing(
    app: Sphinx, doctree: nodes.document, page: str
) -> Callable[[nodes.Element], str | None]:
    """A function that gives the Markdown of a node that the notebook knows nothing of.

    Of HTML that the author has written it gives what is left when pictures and videos are looked
    at.

    :param doctree: resolved.
    :param page: docname.
    """
    page_uri = app.builder.get_target_uri(page)
    media = PageMedia(page_uri, Path(app.outdir), app.config.html_baseurl)

    def draw(node: nodes.Element) -> str | None:
        kind = type(node).__name__
        if isinstance(node, nodes.raw):
            return with_media(node.astext(), media.picture, media.address)
        if kind == "mermaid" and node.get("code"):
            return f"```mermaid\n{node['code'].strip()}\n```"
        found = Media(media.picture, media.address)
        found.feed(_html_of(node, app, doctree, page))
        if found.lost or (found.words and not found.shown):
            _warn(node)
        return "\n\n".join(found.shown) or None

    return draw


def _html_of(node: nodes.Element, app: Sphinx, doctree: nodes.document, page: str) -> str:
    """What the page's writer makes of a node; empty where it makes nothing."""
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    before = getattr(builder, "imgpath", "")
    builder.imgpath = relative_uri(builder.get_target_uri(page), builder.imagedir)
    settings, doctree.settings = doctree.settings, builder.docsettings
    try:
        translator = cast("HTML5Translator", builder.create_translator(doctree, builder))
        node.walkabout(translator)
        return "".join(translator.body)
    except Exception as error:  # whatever an extension raises, others are drawn
        _warn(node, str(error))
        return ""
    finally:
        builder.imgpath, doctree.settings = before, settings


def _warn(node: nodes.Element, reason: str = "") -> None:
    logger.warning(
        "the page shows something here (%s) and the notebook does not%s",
        type(node).__name__,
        f": {reason}" if reason else "",
        location=node,
        type="docent",
        subtype="notebook",
    )
