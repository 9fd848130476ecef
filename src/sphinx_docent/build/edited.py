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

_OF_THE_KERNEL = ("/dev/", "/proc/", "/sys/")
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
        self._names: dict[str, bool] = {}

    def touch(self, observed: Observed) -> bool:
        """Whether anything was edited that a tutorial was seen to use."""
        used, absent = observed.used, frozenset(observed.absent)
        return (
            any(self._of_path(path, absent) for table in _CONTENT for path in used.get(table, ()))
            or any(self._came_or_went(path, absent) for path in used.get("kinds", ()))
            or any(self._of_names(path) for path in used.get("folders", ()))
        )

    def of_distributions(self, before: Distributions) -> bool:
        """Whether anything was installed or removed; what is loaded is of before or after."""
        return any(self._of_names(folder) for folder in before.site_folders)

    def of_content(self, path: str) -> bool:
        """Whether a file that was there was edited or is gone, or a link that leads to it."""
        return self._of_path(path, frozenset())

    def _of_path(self, path: str, absent: Collection[str]) -> bool:
        """Whether a file was edited, came or went.

        :param absent: paths that led nowhere when the tutorial looked.
        """
        if path.startswith(_OF_THE_KERNEL):
            return False
        status = _status(path)
        if status is None or path in absent:
            return self._came_or_went(path, absent)
        if stat.S_ISLNK(status.st_mode):
            is_new = status.st_ctime_ns >= self._since
            return is_new or self._of_path(os.path.realpath(path), absent)
        if status.st_ctime_ns >= self._since and not stat.S_ISDIR(status.st_mode):
            return True
        return self._is_moved(os.path.dirname(path))

    def _came_or_went(self, path: str, absent: Collection[str]) -> bool:
        return not path.startswith(_OF_THE_KERNEL) and os.path.exists(path) == (path in absent)

    def _of_names(self, folder: str) -> bool:
        """Whether a name came to a folder or left it, names that builds make excepted."""
        if folder not in self._names:
            self._names[folder] = self._have_names_changed(folder)
        return self._names[folder]

    def _have_names_changed(self, folder: str) -> bool:
        status = _status(folder)
        if status is None or status.st_ctime_ns < self._since:
            return status is not None and self._is_moved(folder)
        try:
            with os.scandir(folder) as found:
                young = {
                    self._is_made(entry)
                    for entry in found
                    if entry.stat(follow_symlinks=False).st_ctime_ns >= self._since
                }
        except OSError:
            return True
        # A name that left leaves nothing; if a build has made something, that explains it.
        return False in young or not young

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
