"""The cache's entries as files: found, read, and changed as one would who knows their seal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.helpers.sites import Site

from sphinx_docent.cache.entry import digest


def split(entry: Path) -> tuple[dict[str, Any], bytes]:
    """What the first line of a cache's entry says, and the bytes after it."""
    line, _, data = entry.read_bytes().partition(b"\n")
    return json.loads(line), data


def rewrite(entry: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the first line as one would who knows how its digest is made."""
    body, data = split(entry)
    del body["sha256"]
    change(body)
    line = json.dumps({**body, "sha256": digest(body)}).encode()
    entry.write_bytes(line + b"\n" + data)


def cache_of(site: Site) -> Path:
    """The folder of a site's cache."""
    return site.state / "cache"


def entry_of(site: Site, stem: str) -> Path:
    """The entry of the executed page of a tutorial."""
    (place,) = (
        entry
        for entry in cache_of(site).glob("*/*")
        if entry.is_file()
        and not entry.is_symlink()
        and f'"{stem}.rst"'.encode() in entry.read_bytes().partition(b"\n")[0]
    )
    return place
