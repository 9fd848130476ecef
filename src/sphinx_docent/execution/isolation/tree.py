"""Lists the folders of the repository that are to be observed. Done once, in the server."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """What there is in the repository.

    :param folders: outer ones first, the root itself before all.
    :param links: of each symbolic link, where it leads in the end. That a link was followed
        has no event.
    """

    folders: tuple[bytes, ...]
    links: Mapping[str, str]


def list_tree(root: str, is_excluded: Callable[[str], bool]) -> Tree:
    """Look through a repository, without ``.git`` and virtualenvs.

    :param is_excluded: whether nothing in a folder is anyone's input.
    """
    folders: list[bytes] = []
    links: dict[str, str] = {}
    waiting = deque([root])
    while waiting:
        folder = waiting.popleft()
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError:
            found = []
        if any(entry.name == "pyvenv.cfg" for entry in found) and folder != root:
            continue
        folders.append(os.fsencode(folder))
        for entry in found:
            if entry.is_symlink():
                links[entry.path] = os.path.realpath(entry.path)
            elif entry.is_dir() and entry.name != ".git" and not is_excluded(entry.path):
                waiting.append(entry.path)
    return Tree(tuple(folders), links)


def find_unmappable(tree: Tree) -> str | None:
    """A folder in which this user may write, and which is not wholly its own.

    An overlay in a user namespace that maps this user alone cannot copy such a folder up: to
    write there would fail, with "Value too large for defined data type".
    """
    own = (os.geteuid(), os.getegid())
    for folder in tree.folders:
        try:
            status = os.stat(folder)
        except OSError:
            continue
        if (status.st_uid, status.st_gid) != own and os.access(folder, os.W_OK):
            return os.fsdecode(folder)
    return None
