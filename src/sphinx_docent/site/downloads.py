"""Puts our notebooks where the site offers sphinx-gallery's."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def place_notebooks(
    downloads: Mapping[Path, Path], notebooks: Mapping[Path, Path], stable: Mapping[Path, Path]
) -> None:
    """Replace notebooks among the site's downloads, alone and within archives.

    :param downloads: the site's copy of every downloadable file, by its source.
    :param notebooks: our notebook, by the one of sphinx-gallery that it replaces.
    :param stable: further copies to make: notebook by the place it goes to.
    """
    for source, copy in downloads.items():
        if source in notebooks:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebooks[source], copy)
        elif source.suffix == ".zip" and source.is_file():
            _replace_in_archive(source, copy, notebooks)
    for copy, notebook in stable.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(notebook, copy)


def _replace_in_archive(source: Path, copy: Path, notebooks: Mapping[Path, Path]) -> None:
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
        ours = {name: notebooks.get(source.parent / name) for name in names}
        if not any(ours.values()):
            return
        copy.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(copy, "w") as written:
            for name in names:
                notebook = ours[name]
                data = notebook.read_bytes() if notebook else archive.read(name)
                # A fixed time: the same content makes the same archive.
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                written.writestr(info, data)
