"""What a commit holds: files, by mode and content."""

from __future__ import annotations

from dataclasses import dataclass

REGULAR_FILE = "100644"
"""The mode of a file that is neither a program nor a link."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a commit.

    :param mode: as git writes it.
    :param blob: the name of its content.
    """

    mode: str
    blob: str
