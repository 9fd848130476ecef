"""Where results are kept: ``docent_cache``, checked, and made a cache."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DocentError
from ..model import CacheUse
from .remote import Remote
from .shared import SharedCache
from .store import Cache

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/@]*@)?(?P<rest>[^/].*|/.+)")
_SERVERS = ("http", "https")


@dataclass(frozen=True, slots=True)
class CacheLocation:
    """A folder, and what it stands before.

    :param folder: of this machine.
    :param url: of the shared cache, with what credentials it holds; empty if there is none.
    :param name: the same without credentials.
    """

    folder: Path
    url: str = field(default="", repr=False)
    name: str = ""
    readonly: bool = False


def parse_location(value: Any, readonly: Any, app: Sphinx) -> CacheLocation:
    """Check ``docent_cache`` and ``docent_cache_readonly``.

    :raises DocentError: one is not what it should be.
    """
    if not isinstance(readonly, bool):
        raise DocentError(f"docent_cache_readonly is {readonly!r}: give True or False")
    if isinstance(value, str) and "://" in value:
        match = _URL.fullmatch(value)
        if match is None or "?" in value or "#" in value:
            raise DocentError(
                f"docent_cache is {without_credentials(value)!r}: give a folder, or the URL of one,"
                " such as 's3://bucket/folder'"
            )
        # Sphinx keeps its configuration in a file beside the site.
        app.config.docent_cache = name = without_credentials(value).rstrip("/")
        folder = state_folder(app) / "cache"
        return CacheLocation(folder, value, name, readonly or match["scheme"].lower() in _SERVERS)
    if not isinstance(value, (str, os.PathLike)):
        raise DocentError(
            f"docent_cache is {value!r}: give a folder, relative ones begin at conf.py, or a URL"
        )
    folder = Path(app.srcdir) / value if value else state_folder(app) / "cache"
    return CacheLocation(folder, readonly=readonly)


def open_cache(place: CacheLocation, *, shared: bool) -> Cache:
    """The cache at a place.

    :param shared: whether others are asked.
    """
    if not place.url:
        return Cache(place.folder, writes=not place.readonly)
    if not shared:
        return Cache(place.folder)
    return SharedCache(place.folder, Remote(place.url, place.name), sends=not place.readonly)


def cache_use(place: CacheLocation, cache: Cache | None, root: Path) -> CacheUse:
    """What was done with the cache.

    :param root: of the repository.
    """
    folder = Path(os.path.normpath(place.folder))
    inside = folder.relative_to(root) if folder.is_relative_to(root) else folder
    if not isinstance(cache, SharedCache):
        return CacheUse(inside.as_posix(), place.name or None)
    remote = cache.remote
    return CacheUse(inside.as_posix(), place.name, cache.fetched, remote.shared, remote.problem)


def without_credentials(url: str) -> str:
    """A URL without what could be a secret."""
    return re.sub(r"[?#].*", "", re.sub(r"(?<=://)[^/@]*@", "", url))


def state_folder(app: Sphinx) -> Path:
    """Where reports and produced pages go: ``_build/docent`` in the source directory."""
    return Path(app.srcdir) / "_build" / "docent"
