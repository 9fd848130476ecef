"""The folder that a tutorial runs in: its own, or a copy that reads as that does.

Of a copy, the folder itself is copied, large files and other tutorials as links; what stands
beside it, up to the repository's root, is reached through links. So ``data/x.csv`` and
``../data/x.csv`` lead where they would in the repository, and what is written here stays here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ..files import file_clock

_LARGE = 16 * 2**20
NOT_COPIED = {"__pycache__", ".git", ".ipynb_checkpoints"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a tutorial works.

    :param base: a folder for the tutorial alone, which is removed with everything in it.
    :param tree: what stands for the repository's root; the root itself where nothing is copied.
    :param root: the repository's root.
    :param folder: the tutorial's folder, in the repository.
    :param excluded: folders of the repository that are no one's input.
    :param began: when it was made, by the clock of files; what is edited later may not be seen.
    """

    base: Path
    tree: Path
    root: Path
    folder: Path
    excluded: tuple[str, ...]
    began: int = field(default_factory=file_clock)

    @property
    def work(self) -> Path:
        """What stands for the tutorial's folder."""
        return self.tree / self.folder.relative_to(self.root)

    @property
    def temporary(self) -> Path:
        """Where the tutorial's temporary files go."""
        return self.base / "tmp"

    @property
    def spill(self) -> Path:
        """Where processes that the tutorial forks write what they use."""
        return self.base / "seen"

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
        return path if inside and not f"{path}{os.sep}".startswith(self.excluded) else None


def copy_folder(workspace: Workspace, linked: Collection[Path]) -> None:
    """Make a workspace that is a copy.

    :param linked: files of the tutorial's folder that need no copy of their own.
    """
    workspace.tree.mkdir(parents=True)
    real, here = workspace.root, workspace.tree
    for part in workspace.folder.relative_to(workspace.root).parts:
        for sibling in real.iterdir():
            if sibling.name != part:
                _link(sibling, here / sibling.name)
        real, here = real / part, here / part
        here.mkdir()
    _copy(workspace.folder, workspace.work, linked)


def _copy(source: Path, target: Path, linked: Collection[Path]) -> None:
    for path in source.iterdir():
        copy = target / path.name
        if path.name in NOT_COPIED:
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
