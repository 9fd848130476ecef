"""How the entries of a cache lie in its folder: ``KK/<key>-<digest of inputs>``, one file each.

Links lead elsewhere, and are passed over.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict
from pathlib import Path

from .entry import digest
from .inputs import Inputs

_PART = re.compile("[0-9a-f]{2}")


def entry_path(folder: Path, key: str, inputs: Inputs) -> Path:
    """Where an entry lies.

    :param folder: the cache's.
    """
    return folder / key[:2] / f"{key}-{digest(asdict(inputs))[:32]}"


def key_of(path: Path) -> str:
    """The key that an entry's file is named after."""
    return path.name.partition("-")[0]


def entry_files(folder: Path) -> list[Path]:
    """The files of all entries of a cache, sorted."""
    return sorted(
        Path(entry.path)
        for part in parts(folder)
        if _PART.fullmatch(part.name)
        for entry in files_in(part)
    )


def parts(folder: Path) -> list[Path]:
    """The folders that a cache's entries lie in."""
    try:
        with os.scandir(folder) as found:
            return [Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def files_in(part: Path) -> list[os.DirEntry[str]]:
    """The files of one of them, drafts excepted."""
    try:
        if part.is_symlink():
            return []
        with os.scandir(part) as found:
            return [
                entry
                for entry in found
                if entry.name[0] != "." and entry.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []
