"""Puts the files of a page that was kept, or that was made elsewhere, into their places."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path


def write_files(files: Mapping[str, bytes], base: Path) -> None:
    """Write a page's files; what is there already stays untouched.

    A page that is cut off here is not marked as up to date, and is put again.

    :param base: the folder that the files' names are relative to.
    """
    for folder in {os.path.dirname(name) for name in files}:
        os.makedirs(base / folder, exist_ok=True)
    for name, data in files.items():
        path = os.path.join(base, name)
        try:
            _create(path, data)
        except FileExistsError:
            with contextlib.suppress(OSError):
                if not os.path.islink(path) and Path(path).read_bytes() == data:
                    continue
            os.unlink(path)
            _create(path, data)


def _create(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
