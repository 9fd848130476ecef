"""What a deployment changes on the branch, and what it must not.

A deployment owns the files that an earlier one of the same version has put there, as its manifest
lists them, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..git.tree import REGULAR_FILE, StoredFile
from .layout import OF_THE_BUILD, folders_above


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths on the branch, in order."""

    added: tuple[str, ...]
    modified: tuple[str, ...]
    removed: tuple[str, ...]

    def only_of_the_build(self) -> bool:
        """Whether pages are the same, and only what tells of their build differs."""
        changed = (*self.added, *self.modified, *self.removed)
        return all(f"/{OF_THE_BUILD}" in path for path in changed)

    def lines(self) -> Iterator[str]:
        """For a person: one line for each path."""
        marked = [(path, mark) for mark, paths in self._marked() for path in paths]
        return (f"{mark} {path}" for path, mark in sorted(marked))

    def summary(self) -> str:
        """For a person: how many."""
        words = ("added", "modified", "removed")
        counts = zip(words, self._marked(), strict=True)
        return ", ".join(f"{len(paths)} {word}" for word, (_, paths) in counts)

    def _marked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("A", self.added), ("M", self.modified), ("D", self.removed))


def compare(
    tip: Mapping[str, StoredFile], wanted: Mapping[str, str], owned: Collection[str]
) -> Changes:
    """What makes a branch hold what is wanted.

    :param wanted: the names of contents, by path.
    :param owned: paths that may go.
    """
    return Changes(
        tuple(sorted(path for path in wanted if path not in tip)),
        tuple(
            sorted(
                path
                for path in wanted
                if path in tip and tip[path] != StoredFile(REGULAR_FILE, wanted[path])
            )
        ),
        tuple(sorted(path for path in owned if path in tip and path not in wanted)),
    )


def others_in_the_way(
    tip: Mapping[str, StoredFile], wanted: Mapping[str, str], owned: Collection[str]
) -> list[str]:
    """Files of others that a deployment would replace."""
    folders = {folder for path in wanted for folder in folders_above(path)}
    return sorted(
        path
        for path in tip
        if path not in owned
        and (
            (path in wanted and tip[path] != StoredFile(REGULAR_FILE, wanted[path]))
            or path in folders
            or any(folder in wanted for folder in folders_above(path))
        )
    )


def after(tip: Mapping[str, StoredFile], changes: Changes) -> set[str]:
    """All paths of the branch once the changes are made."""
    return (tip.keys() - set(changes.removed)) | set(changes.added)
