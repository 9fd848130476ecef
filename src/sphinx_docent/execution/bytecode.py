"""Executes what the source of a project's module says, not what a stale file of bytecode does.

Python compares a source's size and time with what the bytecode says; both can be as before though
the content is not. But whatever changes a file changes its ctime.
"""

from __future__ import annotations

import importlib.util
import posix
from collections.abc import Callable, Mapping
from importlib.machinery import SourceFileLoader
from typing import Any


def distrust_stale_bytecode(is_watched: Callable[[str], bool]) -> None:
    """Have modules compiled anew whose source was changed after its bytecode was written.

    :param is_watched: whether a file is a source to be careful about.
    """
    real = SourceFileLoader.path_stats

    def path_stats(self: SourceFileLoader, path: str) -> Mapping[str, Any]:
        if is_watched(path) and _is_stale(path):
            raise OSError(f"the bytecode of {path} is older than what it holds")
        return real(self, path)

    SourceFileLoader.path_stats = path_stats  # type: ignore[method-assign]


def _is_stale(source: str) -> bool:
    try:
        bytecode = importlib.util.cache_from_source(source)
        return posix.stat(bytecode).st_ctime_ns <= posix.stat(source).st_ctime_ns
    except (OSError, ValueError, NotImplementedError):
        return False
