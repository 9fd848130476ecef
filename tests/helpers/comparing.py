"""What two builds made, side by side."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path


def contents(folder: Path, *without: str) -> dict[str, bytes]:
    """All files of a folder by relative name.

    :param without: beginnings of names that are left out.
    """
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(folder).as_posix()).startswith(tuple(without))
    }


def unzipped(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same, archives replaced by what they hold: they also hold when it was written."""
    members = {
        f"{name}/{member}": archive.read(member)
        for name, data in files.items()
        if name.endswith(".zip")
        for archive in [zipfile.ZipFile(io.BytesIO(data))]
        for member in archive.namelist()
    }
    return {name: data for name, data in files.items() if not name.endswith(".zip")} | members


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names of files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def code_of(notebook: bytes) -> list[str]:
    """The code of a notebook's cells; the text is ours, not sphinx-gallery's."""
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]).strip() for cell in cells if cell["cell_type"] == "code"]
