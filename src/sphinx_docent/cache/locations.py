"""Names of files that are the same in every checkout, environment and home folder.

``repo:docs/x.csv``
    in the repository.
``dist:numpy/numpy/version.py``
    of the distribution ``numpy``, where that is installed.
``dist:numpy/~/numpy/version.py``
    of the distribution ``numpy``, in the source tree that it is used from.
``home:.config/matplotlib/matplotlibrc``
    in the user's home folder.
``outside:/etc/fstab``
    anywhere else.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from .distributions import Distributions, is_of_python

_NAME = re.compile(r"(repo:|home:|dist:[a-z0-9-]+/|outside:/)[^\0]*")
_DEVICES = ("outside:/dev/", "outside:/proc/", "outside:/sys/", "outside:/run/")
_LONGEST = 4096
_METADATA = re.compile(r"dist:[^/]+/[^/]+-info/")


class Locations:
    """Names of files and what they stand for.

    :param root: the repository's root.
    :param home: the user's home folder.
    """

    def __init__(self, root: Path, distributions: Distributions, home: Path | None = None) -> None:
        self._distributions = distributions
        self._root = str(root)
        self._home = str(home or Path.home())
        self._names: dict[str, str | None] = {}

    def name(self, path: str) -> str | None:
        """The name of a file or folder; ``None`` for what counts by the version of its
        distribution or of Python, and for devices.

        :param path: absolute.
        """
        if path not in self._names:
            self._names[path] = self._name(os.path.normpath(path))
        return self._names[path]

    def _name(self, path: str) -> str | None:
        if self._distributions.site_folder(path) is not None:
            return self._installed(path)
        if _is_in(path, self._root):
            return f"repo:{os.path.relpath(path, self._root)}"
        if self._distributions.owner(path) is not None:
            return self._installed(path)
        if is_of_python(path):
            return None
        if _is_in(path, self._home):
            return f"home:{os.path.relpath(path, self._home)}"
        name = f"outside:{path}"
        return None if name.startswith(_DEVICES) else name

    def path(self, name: str) -> Path | None:
        """What a name stands for; ``None`` if its distribution is missing.

        :raises ValueError: it is no such name.
        """
        if not is_name(name):
            raise ValueError(f"not the name of a file: {name!r}")
        place, _, rest = name.partition(":")
        if place == "repo":
            return Path(self._root, rest)
        if place == "home":
            return Path(self._home, rest)
        if place == "outside":
            return Path(rest)
        distribution, _, rest = rest.partition("/")
        entry = self._distributions.all.get(distribution)
        folder = entry and (entry.tree if rest.startswith("~/") else entry.folder)
        return Path(folder, rest.removeprefix("~/")) if folder else None

    def recorded_digest(self, name: str) -> str | None:
        """SHA-256 of a file by the list of its distribution's files, if it holds still."""
        if not name.startswith("dist:"):
            return None
        distribution, _, rest = name[len("dist:") :].partition("/")
        entry = self._distributions.all.get(distribution)
        return entry.untouched_digest(rest) if entry and not rest.startswith("~/") else None

    def _installed(self, path: str) -> str | None:
        owned = self._distributions.owner(path)
        if owned is None:
            return None
        name = f"dist:{owned[0].name}/{owned[1]}"
        return name if owned[0].by_content or is_metadata(name) else None


def is_name(name: str) -> bool:
    """Whether a text is a name of a file, and of none outside of the place that it names."""
    return (
        len(name) < _LONGEST
        and _NAME.fullmatch(name) is not None
        and not name.startswith(_DEVICES)
        and ".." not in name.partition(":")[2].split("/")
        and "//" not in name
        and not name.startswith(("repo:/", "home:/"))
    )


def is_metadata(name: str) -> bool:
    """Whether a name is that of a file in a distribution's ``.dist-info`` or ``.egg-info``."""
    return _METADATA.match(name) is not None


def shown(name: str) -> str:
    """A name as a reader wants to see it."""
    place, colon, rest = name.partition(":")
    if not colon:
        return name
    return {"repo": rest, "home": f"~/{rest}", "outside": rest}.get(place, rest.replace("/~/", "/"))


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
