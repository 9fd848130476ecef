"""Where the links of a notebook lead: within it, or to the published site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from urllib.parse import urljoin

from docutils import nodes

from .conversion import Link
from .inner_links import inner_target


def published_links(
    base: str,
    page_uri: str,
    inside: Collection[str] = (),
    is_on_site: Callable[[str], bool] = lambda _: True,
) -> Link:
    """Links to the published site.

    :param base: ``html_baseurl``; while it is empty, only links that leave the site are links.
    :param page_uri: the page's own address, relative to the base.
    :param inside: the ids that are places of the notebook.
    :param is_on_site: whether the site has a page; asked by its address, relative to the base.
    """

    def link(reference: nodes.Element) -> str | None:
        uri = str(reference.get("refuri") or "")
        if reference.get("filename"):  # a file to download, at its place on the site
            uri = urljoin(f"{base.rstrip('/')}/", f"_downloads/{reference['filename']}")
        elif (name := inner_target(reference, page_uri)) in inside:
            return f"#{name}"
        elif reference.get("refid"):
            uri = f"#{reference['refid']}"
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return uri
        if not base or not uri or not is_on_site(_page(page_uri, uri)):
            return None
        return urljoin(urljoin(base.rstrip("/") + "/", page_uri), uri)

    return link


def _page(page_uri: str, uri: str) -> str:
    """The address of the page that a reference leads to, relative to the site."""
    site = "http://site/"
    return urljoin(urljoin(site, page_uri), uri).removeprefix(site).partition("#")[0]
