"""What a notebook's text is made with: where its page's links lead, how its pictures come along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from ..gallery.code_links import without_code_links
from ..notebooks.conversion import Reader
from ..notebooks.images import embedded_images
from ..notebooks.inner_links import inner_targets
from ..notebooks.links import published_links
from ..notebooks.math_macros import expander, read_macros
from .drawn_nodes import drawing

if TYPE_CHECKING:
    from sphinx.application import Sphinx


_SOURCES = (".rst", ".md", ".ipynb")


def reader_of(app: Sphinx, doctree: nodes.document, page: str) -> Reader:
    """What the text of a page is translated with.

    :param doctree: resolved.
    """
    base, page_uri = app.config.html_baseurl, app.builder.get_target_uri(page)
    inside = inner_targets(doctree, page_uri)
    suffix = str(getattr(app.builder, "link_suffix", None) or ".html")

    def is_on_site(uri: str) -> bool:
        if not uri.endswith((suffix, *_SOURCES)):
            return True  # a file, or a folder
        name = uri.removesuffix(suffix)
        return name in app.env.found_docs or _is_made_by_builder(name, app)

    return Reader(
        link=published_links(base, page_uri, inside, is_on_site),
        image=embedded_images(Path(app.srcdir), base, page),
        plain=without_code_links,
        anchors=inside,
        draw=drawing(app, doctree, page),
        outputs=bool(app.config.docent_notebook_outputs),
        expand=expander(read_macros(*_mathjax(app))),
    )


def _is_made_by_builder(name: str, app: Sphinx) -> bool:
    """Whether a page has no source: an index, listings of code, what a theme or project adds."""
    if name.startswith("_") or name in app.config.html_additional_pages:
        return True
    return name in ("genindex", "search") or name.endswith("modindex")


def _mathjax(app: Sphinx) -> Iterator[object]:
    """What the site says to MathJax, if it uses it."""
    for name in ("mathjax_config", "mathjax2_config", "mathjax3_config", "mathjax4_config"):
        if name in app.config:
            yield app.config[name]
