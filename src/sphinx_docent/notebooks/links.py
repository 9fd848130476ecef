"""Where the links of a notebook lead: to the published site."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from docutils import nodes

from .conversion import Link


def published_links(base: str, page_uri: str) -> Link:
    """Links to the published site.

    :param base: ``html_baseurl``; while it is empty, only links that leave the site are links.
    :param page_uri: the page's own address, relative to the base.
    """

    def link(reference: nodes.Element) -> str | None:
        uri = str(reference.get("refuri") or "")
        if reference.get("filename"):  # a file to download, at its place on the site
            uri = urljoin(f"{base.rstrip('/')}/", f"_downloads/{reference['filename']}")
        elif reference.get("refid"):
            uri = f"#{reference['refid']}"
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return uri
        return urljoin(urljoin(base.rstrip("/") + "/", page_uri), uri) if base and uri else None

    return link
