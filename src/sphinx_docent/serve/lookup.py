"""Which file of the site answers a request: regular files inside of its folder, and nothing else.

No listing, no way out through ``..``, encoded forms or symbolic links.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes


@dataclass(frozen=True)
class Found:
    """A file of the site that answers the request."""

    file: Path


@dataclass(frozen=True)
class Moved:
    """A folder was asked for without its last slash."""

    location: str


def find(site: Path, target: str) -> Found | Moved | None:
    """What a request's target stands for.

    :param site: the site's folder, resolved.
    :param target: the target as the client sent it, with its query.
    :returns: None for everything that is not there or not inside the site.
    """
    path, mark, query = target.partition("?")
    parts = _parts(path)
    if parts is None:
        return None
    found = _inside(site, site.joinpath(*parts))
    if found is None or not found.is_dir():
        return Found(found) if found and found.is_file() and not path.endswith("/") else None
    page = _inside(site, found / "index.html")
    if page is None or not page.is_file():
        return None
    if not path.endswith("/"):
        return Moved("/" + quote("/".join(parts)) + "/" + mark + query)
    return Found(page)


def _inside(site: Path, path: Path) -> Path | None:
    """Where a path leads, links followed; None if that is nowhere or outside the site."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return real if real.is_relative_to(site) else None


def _parts(path: str) -> list[str] | None:
    """The names along a target's path, decoded once; None if one of them could lead elsewhere."""
    if not path.startswith("/"):
        return None
    try:
        parts = [unquote_to_bytes(part).decode("utf-8") for part in path.split("/") if part]
    except UnicodeDecodeError:
        return None
    separators = {os.sep, os.altsep or os.sep, "\0"}
    if any(part in {os.curdir, os.pardir} or separators & set(part) for part in parts):
        return None
    return parts
