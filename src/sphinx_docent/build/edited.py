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
        self._listed: dict[str, bool] = {}

    def touch(self, observed: Observed) -> bool:
        """Whether anything was edited that a tutorial was seen to use."""
        used = observed.used
        return (
            any(self.of_content(path) for table in _CONTENT for path in used.get(table, ()))
            or any(self._of_kind(path) for path in used.get("kinds", ()))
            or any(self._of_names(path) for path in used.get("folders", ()))
        )

    def of_content(self, path: str) -> bool:
        """Whether a file was edited, came or went, or a link that leads to it."""
        status = _status(path)
        if status is None:
            return self._of_names(os.path.dirname(path))
        if status.st_ctime_ns >= self._since and not stat.S_ISDIR(status.st_mode):
            return True
        if stat.S_ISLNK(status.st_mode):
            return self.of_content(os.path.realpath(path))
        return self._is_moved(os.path.dirname(path))

    def _of_kind(self, path: str) -> bool:
        status = _status(path)
        above = os.path.dirname(path)
        if status is None:
            return self._of_names(above)
        return (status.st_ctime_ns >= self._since and self._of_names(above)) or self._is_moved(
            above
        )

    def _of_names(self, folder: str) -> bool:
        """Whether a name came to a folder or left it, names that builds make excepted."""
        if folder not in self._listed:
            self._listed[folder] = self._have_names_changed(folder)
        return self._listed[folder]

    def _have_names_changed(self, folder: str) -> bool:
        status = _status(folder)
        if status is None:
            return folder != "/" and self._of_names(os.path.dirname(folder))
        if status.st_ctime_ns < self._since:
            return self._is_moved(folder)
        try:
            with os.scandir(folder) as found:
                young = {
                    self._is_made(entry)
                    for entry in found
                    if entry.stat(follow_symlinks=False).st_ctime_ns >= self._since
                }
        except OSError:
            return True
        # A name that went leaves nothing; if a build has made something, that explains it.
        return False in young or not young

    def _is_made(self, entry: os.DirEntry[str]) -> bool:
        return entry.name == "__pycache__" or entry.path in self._made

    def _is_moved(self, folder: str) -> bool:
        """Whether a folder, or one above it, was put in the place of another."""
        if folder not in self._moved:
            status = _status(folder)
            own = (
                status is not None
                and self._since <= status.st_ctime_ns != status.st_mtime_ns
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
