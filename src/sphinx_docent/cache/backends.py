"""Chooses what keeps results: a folder alone, or a folder in front of a remote."""

from __future__ import annotations

import os
from pathlib import Path

from ..model import CacheUse
from .location import CacheLocation
from .remote import Remote
from .shared import SharedCache
from .store import Cache


def open_cache(location: CacheLocation, *, shared: bool) -> Cache:
    """The cache at a location.

    :param shared: whether others are asked.
    """
    if not location.url:
        return Cache(location.folder, writes=not location.readonly)
    if not shared:
        return Cache(location.folder)
    remote = Remote(location.url, location.name)
    return SharedCache(location.folder, remote, sends=not location.readonly)


def cache_use(location: CacheLocation, cache: Cache | None, root: Path) -> CacheUse:
    """What was done with the cache.

    :param root: of the repository.
    """
    folder = Path(os.path.normpath(location.folder))
    inside = folder.relative_to(root) if folder.is_relative_to(root) else folder
    if not isinstance(cache, SharedCache):
        return CacheUse(inside.as_posix(), location.name or None)
    remote = cache.remote
    return CacheUse(inside.as_posix(), location.name, cache.fetched, remote.shared, remote.problem)
