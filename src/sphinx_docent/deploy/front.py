"""The files that versions share: where a visitor of the branch's root is led.

What somebody else has put there stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..built_site.redirect_page import MARK, redirect_page
from .content import read
from .layout import DOCS, VERSIONS, place_of
from .versions import Entry, dump, front

NO_JEKYLL = ".nojekyll"
PAGES = ("index.html", f"{DOCS}/index.html", "404.html")
"""Pages that may be somebody else's."""


def shared(
    entries: Sequence[Entry], version: str, files: Mapping[str, Path | bytes]
) -> dict[str, Path | bytes]:
    """The shared files, by path.

    :param version: the one that is deployed.
    :param files: its files, by their paths on the branch.
    """
    first = front(entries)["version"]
    place = place_of(first)
    wanted: dict[str, Path | bytes] = {
        NO_JEKYLL: b"",
        VERSIONS: dump(entries),
        "index.html": redirect_page(f"{place}/").encode(),
    }
    if place != DOCS:
        wanted[f"{DOCS}/index.html"] = redirect_page(f"{first}/").encode()
    missing = f"{place}/404.html"
    if first == version and missing in files:
        wanted["404.html"] = _marked(read(files[missing]))
    return wanted


def is_ours(page: bytes) -> bool:
    """Whether a page was written here."""
    return MARK.encode() in page


def _marked(page: bytes) -> bytes:
    head, tag, rest = page.partition(b"<head>")
    return head + tag + b"\n" + MARK.encode() + rest if tag else page
