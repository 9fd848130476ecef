"""Whether what a tutorial has used was edited while it ran: its result is shown then, not kept.

Times of modification tell nothing: what is moved to its place, or copied with its time, has an
old one. The kernel's own time of a change (``ctime``) can't be set. A folder's says that a name
came or went, or, where its time of modification is another, that the folder itself was moved.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from ..cache.distributions import Distributions
from ..execution.answer import Observed

_CONTENT = ("files", "modes", "sizes", "times", "links")


class Edits:
    """What was edited since a moment.

    :param since: in nanoseconds, by the clock of files.
    :param made: folders and files that builds make.
    """

    def __init__(self, since: int, root: Path, made: Collection[Path]) -> None:
        self._since = since
        self._root = root
        self._made = frozenset(map(str, made))
        self._moved: dict[str, bool] = {}
        self._names: dict[str, tuple[bool, bool]] = {}

    def touch(self, observed: Observed) -> bool:
        """Whether anything was edited that a tutorial was seen to use."""
        used = observed.used
        return (
            any(self.of_content(path) for table in _CONTENT for path in used.get(table, ()))
            or any(self._of_kind(path) for path in used.get("kinds", ()))
            or any(self._of_names(path) for path in used.get("folders", ()))
        )

    def of_distributions(self, before: Distributions) -> bool:
        """Whether anything was installed or removed; what is loaded is of before or after."""
        return any(self._of_names(folder) for folder in before.site_folders)

    def of_content(self, path: str) -> bool:
        """Whether a file was edited, came or went, or a link that leads to it."""
        status = _status(path)
        if status is None:
            return self._is_gone(path)
        if status.st_ctime_ns >= self._since and not stat.S_ISDIR(status.st_mode):
            return True
        if stat.S_ISLNK(status.st_mode):
            return self.of_content(os.path.realpath(path))
        return self._is_moved(os.path.dirname(path))

    def _of_kind(self, path: str) -> bool:
        status = _status(path)
        if status is None:
            return self._is_gone(path)
        above = os.path.dirname(path)
        new = status.st_ctime_ns >= self._since and self._of_names(above)
        return new or self._is_moved(above)

    def _of_names(self, folder: str) -> bool:
        """Whether a name came to a folder or left it, names that builds make excepted."""
        return any(self._came_and_left(folder))

    def _is_gone(self, path: str) -> bool:
        """Whether what is absent may have been there."""
        folder = os.path.dirname(path)
        if _status(folder) is None:
            return folder != path and self._is_gone(folder)
        return self._came_and_left(folder)[1] or self._is_moved(folder)

    def _came_and_left(self, folder: str) -> tuple[bool, bool]:
        if folder not in self._names:
            self._names[folder] = self._compare(folder)
        return self._names[folder]

    def _compare(self, folder: str) -> tuple[bool, bool]:
        """Whether a name came to a folder, and whether one left it.

        A name that left leaves nothing. If one came, or a build has made something, that explains
        why the folder is younger.
        """
        status = _status(folder)
        if status is None:
            return False, self._is_gone(folder)
        if status.st_ctime_ns < self._since:
            return False, self._is_moved(folder)
        try:
            with os.scandir(folder) as found:
                young = {
                    self._is_made(entry)
                    for entry in found
                    if entry.stat(follow_symlinks=False).st_ctime_ns >= self._since
                }
        except OSError:
            return True, True
        return False in young, not young

    def _is_made(self, entry: os.DirEntry[str]) -> bool:
        return entry.name == "__pycache__" or entry.path in self._made

    def _is_moved(self, folder: str) -> bool:
        """Whether a folder, or one above it, was put in the place of another."""
        if folder not in self._moved:
            status = _status(folder)
            own = (
                status is not None
                and self._since <= status.st_ctime_ns
                and (stat.S_ISLNK(status.st_mode) or status.st_ctime_ns != status.st_mtime_ns)
                and folder != str(self._root)
            )
            above = os.path.dirname(folder)
            self._moved[folder] = own or (
                folder != above and folder != str(self._root) and self._is_moved(above)
            )
        return self._moved[folder]


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None
