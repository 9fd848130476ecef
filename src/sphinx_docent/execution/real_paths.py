"""Where a name leads when links are followed, without asking through functions that are watched."""

from __future__ import annotations

import os
import posix

_MOST = 40  # links that one name may lead through, as on Linux


class RealPaths:
    """Answers for one process; folders are looked at once."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {"/": "/"}

    def names(self, name: str, *, is_link: bool = False) -> tuple[str, ...]:
        """A name as it reads, and the one that it leads to, if that is another.

        :param name: absolute, with ``..`` as it was given.
        :param is_link: whether it stands for the link itself.
        """
        plain = os.path.normpath(name)
        if is_link:
            folder, _, last = plain.rpartition("/")
            real = os.path.join(self.of(folder or "/") or folder, last)
        else:
            real = self.of(name) or plain
        if real == plain or plain.startswith("/proc/"):  # that one means another file elsewhere
            return (real,)
        return (plain, real)

    def of(self, name: str) -> str | None:
        """The real name; ``None`` if links go in circles."""
        try:
            return self._followed(name, 0)
        except RecursionError:
            return None

    def _followed(self, name: str, depth: int) -> str:
        if depth > _MOST:
            raise RecursionError(name)
        folder, _, last = name.rstrip("/").rpartition("/")
        if last == "":
            return "/"
        above = self._folder(folder or "/", depth)
        if last == ".":
            return above
        if last == "..":
            return os.path.dirname(above)
        path = f"{above.rstrip('/')}/{last}"
        try:
            target = posix.readlink(path)
        except (OSError, ValueError):
            return path
        return self._followed(os.path.join(above, target), depth + 1)

    def _folder(self, name: str, depth: int) -> str:
        found = self._folders.get(name)
        if found is None:
            found = self._followed(name, depth)
            if not name.startswith("/proc/"):
                self._folders[name] = found
        return found
