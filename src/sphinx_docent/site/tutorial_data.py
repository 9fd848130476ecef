"""Which files of its repository a tutorial's notebook has to bring along, and from where."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from sphinx.util import logging

from ..cache.inputs import Inputs
from ..cache.keys import declared_files
from ..gallery.source_text import read_lines
from ..model import Tutorial
from ..notebooks.data_cell import DataFile, embedded
from ..notebooks.install_cell import OwnProject

logger = logging.getLogger(__name__)

LONGEST = 64 * 2**10
"""Bytes of a file that a notebook holds where nothing is known of a published repository."""

_CODE = (".c", ".cfg", ".ini", ".py", ".pyc", ".pyd", ".pyi", ".rst", ".so", ".toml")
_CARD = re.compile(r"sphinx_gallery_thumbnail_path\s*=\s*(['\"])(?P<path>.+?)\1")
_BLOB = (
    (r"https://github\.com/([^/]+/[^/]+)/blob/", r"https://raw.githubusercontent.com/\1/"),
    (r"(https://[^/]+/.+?)/-/blob/", r"\1/-/raw/"),
)


def raw_address(source: str) -> str:
    """The address of files' content, with ``{path}``, made of the one that shows them; or empty."""
    for pattern, replacement in _BLOB:
        if re.match(pattern, source):
            return re.sub(pattern, replacement, source, count=1)
    return ""


def data_files(
    tutorial: Tutorial, inputs: Inputs, root: Path, own: OwnProject | None, address: str
) -> list[DataFile]:
    """The files that a tutorial was seen to read, or declares, and that its notebook needs.

    :param root: of the repository.
    :param own: what is installed, data included.
    :param address: of files' content, with ``{path}``; empty where none is known.
    """
    found = []
    files = {**_declared(tutorial, root), **inputs.files}
    card = _picture_of_card(tutorial)
    for path, sha256 in sorted(_data(files, own)):
        if card and f"/{path}".endswith(f"/{card}"):
            continue
        file = root / path
        if address:
            source = address.replace("{path}", quote(path))
        elif file.is_file() and file.stat().st_size <= LONGEST:
            source = embedded(file.read_bytes())
        else:
            logger.warning(
                "the notebook cannot bring %s, which is too large to be a part of it; "
                "set docent_data",
                path,
                location=f"{tutorial.source}:1",
                type="docent",
                subtype="notebook",
            )
            continue
        found.append(DataFile(path, sha256, source))
    return found


def _picture_of_card(tutorial: Tutorial) -> str:
    """The file that sphinx-gallery, not the tutorial, reads for the thumbnail; or empty."""
    found = _CARD.search("\n".join(read_lines(tutorial.source)))
    return found["path"].lstrip("./") if found else ""


def _declared(tutorial: Tutorial, root: Path) -> dict[str, str | None]:
    """The files that the tutorial's comment names, as observed ones are named."""
    return {
        f"repo:{os.path.relpath(path, root)}": hashlib.sha256(Path(path).read_bytes()).hexdigest()
        for path in declared_files(tutorial)
    }


def _data(files: Mapping[str, str | None], own: OwnProject | None) -> Iterator[tuple[str, str]]:
    """What is neither code, nor a part of the project that is installed, nor made by the build."""
    for name, sha256 in files.items():
        kind, _, path = name.partition(":")
        if kind != "repo" or sha256 is None or path.endswith(_CODE) or path.startswith("../"):
            continue
        parts = path.split("/")
        if own is not None and own.modules.intersection(parts[:2]):
            continue
        if not _is_hidden(parts) and "_build" not in parts:
            yield path, sha256


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") for part in parts)
