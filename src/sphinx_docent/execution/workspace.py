"""The working folder of one tutorial: it reads as its own folder does, and is thrown away.

The folder itself is copied, large files and other tutorials as links; what stands beside it,
up to the repository's root, is reached through links. So ``data/x.csv`` and ``../data/x.csv``
lead where they would in the repository, and what is written here stays here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_LARGE = 16 * 2**20
_NOT_COPIED = {"__pycache__", ".git", ".ipynb_checkpoints"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A working folder.

    :param base: is removed with everything in it.
    :param root: the repository's root.
    :param folder: the tutorial's folder, in the repository.
    :param excluded: folders of the repository that are no one's input.
    """

    base: Path
    root: Path
    folder: Path
    excluded: tuple[str, ...]

    @property
    def tree(self) -> Path:
        """What stands for the repository's root."""
        return self.base / "tree"

    @property
    def work(self) -> Path:
        """What stands for the tutorial's folder."""
        return self.tree / self.folder.relative_to(self.root)

    @property
    def temporary(self) -> Path:
        """Where the tutorial's temporary files go."""
        return self.base / "tmp"

    def origin(self, path: str) -> str | None:
        """The project's file that a path stands for; ``None`` if it is none of the project's.

        :param path: absolute.
        """
        tree = f"{self.tree}{os.sep}"
        if path.startswith(tree):
            path = os.path.join(self.root, path[len(tree) :])
        elif path == str(self.tree):
            path = str(self.root)
        inside = path.startswith(f"{self.root}{os.sep}") or path == str(self.root)
        return path if inside and not path.startswith(self.excluded) else None

    def make(self, linked: Collection[Path]) -> None:
        """Make the folder.

        :param linked: files of the tutorial's folder that need no copy of their own.
        """
        self.temporary.mkdir(parents=True)
        self.tree.mkdir()
        real, here = self.root, self.tree
        for part in self.folder.relative_to(self.root).parts:
            for sibling in real.iterdir():
                if sibling.name != part:
                    _link(sibling, here / sibling.name)
            real, here = real / part, here / part
            here.mkdir()
        _copy(self.folder, self.work, linked)


def _copy(source: Path, target: Path, linked: Collection[Path]) -> None:
    for path in source.iterdir():
        copy = target / path.name
        if path.name in _NOT_COPIED:
            continue
        if path.is_dir() and not path.is_symlink():
            copy.mkdir()
            _copy(path, copy, linked)
        elif path in linked or not path.is_file() or path.stat().st_size > _LARGE:
            _link(path, copy)
        else:
            shutil.copy2(path, copy)


def _link(target: Path, link: Path) -> None:
    link.symlink_to(target, target_is_directory=target.is_dir())
