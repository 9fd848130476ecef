"""Names the build's own folders where a worker's stood, as if all had run in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..machine.interpreter import installation_folders


@dataclass(frozen=True, slots=True)
class PathTranslation:
    """Folders here, and what they are there.

    :param pairs: in the order in which they are replaced.
    """

    pairs: tuple[tuple[str, str], ...]

    def text(self, value: str) -> str:
        """A text in which the folders stand as they are there."""
        for here, there in self.pairs:
            value = value.replace(here, there)
        return value

    def content(self, value: bytes) -> bytes:
        """Likewise the content of a file."""
        for here, there in self.pairs:
            value = value.replace(here.encode(), there.encode())
        return value

    def data(self, value: Any) -> Any:
        """Likewise anything that JSON holds."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {name: self.data(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.data(part) for part in value]
        return value


def translation_to(root: str, installed: Mapping[str, str], tree: Path) -> PathTranslation:
    """From a worker's folders to the build's.

    :param root: the repository's root there.
    :param installed: where Python is installed there.
    :param tree: what stands for the repository here.
    """
    here = installation_folders()
    return PathTranslation(
        ((str(tree), root), *((folder, installed[name]) for name, folder in here.items()))
    )
