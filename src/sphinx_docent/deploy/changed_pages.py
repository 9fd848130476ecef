"""Which pages of a site differ from another one on the branch. Pure.

Pages are compared by their sources, which Sphinx publishes beside them: a tutorial's has its output
in it, and none of them depends on where the site is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..git.tree import StoredFile

SOURCES = "_sources/"


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Names of pages, in order."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changed_pages(
    tip: Mapping[str, StoredFile], before: str, names: Mapping[str, str], folder: str
) -> PageChanges:
    """How the pages in a folder will differ from those in another one.

    :param tip: the branch as it is.
    :param before: the folder that they are compared with, on the branch as it is.
    :param names: the names of contents in ``folder``, by path, as they will be.
    """
    old = _sources(((path, file.blob) for path, file in tip.items()), before)
    new = _sources(names.items(), folder)
    if not old or before == folder:
        return PageChanges()
    return PageChanges(
        tuple(sorted(page for page in new if page in old and old[page] != new[page])),
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
    )


def _sources(files: Iterable[tuple[str, str]], folder: str) -> dict[str, str]:
    """The name of the content of each page's source, by page."""
    start = f"{folder}/{SOURCES}"
    return {_page(path.removeprefix(start)): blob for path, blob in files if path.startswith(start)}


def _page(source: str) -> str:
    """``guide/index`` of ``guide/index.rst.txt``."""
    return source.removesuffix(".txt").rpartition(".")[0] or source
