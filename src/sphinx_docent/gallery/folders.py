"""The folders of the galleries, and the scripts in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx_gallery.gen_rst import _get_gallery_header
from sphinx_gallery.utils import _collect_gallery_files

from ..errors import DocentError
from .configuration import GalleryConf, as_list


@dataclass(frozen=True, slots=True)
class GalleryFolder:
    """One folder of scripts, and the generated folder of its pages.

    :param subsection: its path relative to ``conf.py``, ``None`` for a gallery's root.
    :param header: the file that introduces it, ``None`` where the project has its own index.
    """

    source_dir: Path
    target_dir: Path
    subsection: str | None
    header: Path | None


def find_folders(conf: GalleryConf, srcdir: Path) -> Iterator[GalleryFolder]:
    """All folders of all galleries, each gallery's root first."""
    pairs = zip(as_list(conf["examples_dirs"]), as_list(conf["gallery_dirs"]), strict=False)
    for examples, gallery in pairs:
        root = Path(os.path.normpath(srcdir / examples))
        target = Path(os.path.normpath(srcdir / gallery))
        if not root.is_dir():
            continue
        header = _header(root, conf)
        yield GalleryFolder(root, target, None, header)
        for child in sorted(path for path in root.iterdir() if path.is_dir()):
            if child.name == "__pycache__":
                continue
            child_header = _header(child, conf)
            if header is None or child_header is not None:
                relative = Path(os.path.relpath(child, srcdir)).as_posix()
                yield GalleryFolder(child, target / child.name, relative, child_header)


def find_scripts(folder: Path, conf: GalleryConf) -> list[str]:
    """The names of the Python scripts of one folder, sorted."""
    found = _collect_gallery_files([str(folder)], conf)
    return sorted(name for name in found if name.endswith(".py"))


def _header(folder: Path, conf: GalleryConf) -> Path | None:
    try:
        header = _get_gallery_header(folder, conf, raise_error=False)
    except PermissionError:
        # sphinx-gallery would end the build in the same way, but without a word on what to do.
        raise DocentError(
            f"{folder}: permission denied; sphinx-gallery looks for a header in each folder of a "
            "gallery: let it be read, or move it elsewhere"
        ) from None
    return None if header is None else Path(header)
