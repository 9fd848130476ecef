"""The files that versions share: where a visitor of the branch's root is led.

What somebody else has put there stays as it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from ..built_site.redirect_page import MARK, redirect_page
from .layout import Layout
from .site import Content, bytes_of
from .versions import Entry, default_version, dump

NO_JEKYLL = ".nojekyll"
ROOT_PAGES = ("index.html", "404.html")


def pages(layout: Layout) -> tuple[str, ...]:
    """Pages that may be somebody else's."""
    return (*ROOT_PAGES, posixpath.join(layout.home, "index.html"))


def shared_files(
    entries: Sequence[Entry], version: str, files: Mapping[str, Content], layout: Layout
) -> dict[str, Content]:
    """The shared files, by path.

    :param version: the one that is deployed.
    :param files: its files, by their paths on the branch.
    """
    first = default_version(entries, layout)["version"]
    folder = layout.folder_of(first)
    wanted: dict[str, Content] = {
        NO_JEKYLL: b"",
        layout.versions: dump(entries),
        "index.html": redirect_page(f"{folder}/").encode(),
    }
    if layout.home and folder != layout.home:
        wanted[f"{layout.home}/index.html"] = redirect_page(layout.url_of(first)).encode()
    missing = f"{folder}/404.html"
    if first == version and missing in files:
        wanted["404.html"] = _marked(bytes_of(files[missing]))
    return wanted


def is_ours(page: bytes) -> bool:
    """Whether a page was written here."""
    return MARK.encode() in page


def _marked(page: bytes) -> bytes:
    head, tag, rest = page.partition(b"<head>")
    return head + tag + b"\n" + MARK.encode() + rest if tag else page
