"""The order of subsections, and of tutorials within one: the listed first, then by name."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from ..errors import DocentError, nearest


class SubsectionOrder:
    """Sort key of sphinx-gallery's ``subsection_order``.

    :param listed: folders relative to ``conf.py``, in the order wanted.
    """

    def __init__(self, listed: Sequence[str]) -> None:
        self.listed = tuple(_normal(folder) for folder in listed)

    def __call__(self, folder: str) -> tuple[int, str]:
        folder = _normal(folder)
        return (_rank(folder, self.listed), folder)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(self.listed)}>"


class WithinSubsectionOrder:
    """Sort key of sphinx-gallery's ``within_subsection_order``.

    sphinx-gallery wants the name of a class, which it makes anew for each folder; the list
    therefore stands on the class.
    """

    listed: ClassVar[Mapping[str, Sequence[str]]] = {}

    def __init__(self, src_dir: str | Path) -> None:
        self.src_dir = Path(src_dir).as_posix()

    def __call__(self, filename: str | Path) -> tuple[int, str]:
        return rank_in_folder(self.listed, self.src_dir, Path(filename).name)


WITHIN_SUBSECTION_ORDER = f"{__name__}.{WithinSubsectionOrder.__name__}"
"""The name by which sphinx-gallery finds the class."""


def rank_in_folder(
    listed: Mapping[str, Sequence[str]], folder: str, filename: str
) -> tuple[int, str]:
    """Sort key of a tutorial within its folder.

    :param listed: file names by folder; a folder is named by as many of its last parts as
        are needed to tell it from others (``tensor_ir``, ``deep_dive/tensor_ir``).
    :param folder: the folder, an absolute path.
    """
    for name, filenames in listed.items():
        if _names(name, folder):
            return (_rank(filename, filenames), filename)
    return (0, filename)


def check_subsections(listed: Sequence[str], folders: Collection[str]) -> None:
    """See that every listed subsection exists.

    :param folders: the folders there are, relative to ``conf.py``.
    :raises DocentError: one does not exist.
    """
    for folder in listed:
        if _normal(folder) not in folders:
            raise DocentError(_unknown("subsection_order", folder, folders, "subsection"))


def check_tutorials(
    listed: Mapping[str, Sequence[str]], files: Mapping[str, Collection[str]]
) -> None:
    """See that every listed folder and file exists.

    :param files: the file names of every folder, by the folder's path relative to ``conf.py``.
    :raises DocentError: one does not exist, or a folder's name fits several folders.
    """
    for name, filenames in listed.items():
        folders = [folder for folder in files if _names(name, folder)]
        if not folders:
            raise DocentError(_unknown("within_subsection_order", name, files, "folder"))
        if len(folders) > 1:
            raise DocentError(
                f"conf.py: within_subsection_order: {name!r} fits several folders: "
                f"{', '.join(sorted(folders))}; write more of its path"
            )
        for filename in filenames:
            if filename not in files[folders[0]]:
                where = f"within_subsection_order[{name!r}]"
                raise DocentError(_unknown(where, filename, files[folders[0]], "tutorial"))


def _unknown(where: str, name: str, candidates: Collection[str], kind: str) -> str:
    hint = ", ".join(nearest(name, candidates)) or "none"
    return f"conf.py: {where}: there is no {kind} {name!r}; the nearest: {hint}"


def _rank(name: str, listed: Sequence[str]) -> int:
    return listed.index(name) if name in listed else len(listed)


def _names(name: str, folder: str) -> bool:
    return ("/" + _normal(folder)).endswith("/" + _normal(name))


def _normal(folder: str) -> str:
    return posixpath.normpath(str(folder).replace("\\", "/"))
