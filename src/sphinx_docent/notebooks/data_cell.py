"""The cell that brings the files that a tutorial reads from its repository. Pure."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FETCH = """\
# The files that this tutorial reads from its repository.
def _bring(name, digest, source):
    import base64
    import hashlib
    import os
    import urllib.request

    if os.path.exists(name):
        return
    if source.startswith("data:"):
        data = base64.b64decode(source.partition(",")[2])
    else:
        with urllib.request.urlopen(source) as answer:
            data = answer.read()
    if hashlib.sha256(data).hexdigest() != digest:
        raise RuntimeError(f"{source} is not the file that this tutorial was made with")
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as file:
        file.write(data)
"""

_FOLDER = """
# They lie around the tutorial's own folder, so the notebook works in one like it.
import os

if not os.getcwd().endswith({ending!r}):
    os.makedirs({folder!r}, exist_ok=True)
    os.chdir({folder!r})
"""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that a tutorial reads.

    :param path: POSIX path from the repository's root.
    :param sha256: of its content, hexadecimal.
    :param source: where the notebook gets it: an address, or the content as one.
    """

    path: str
    sha256: str
    source: str


def data_cell(tutorial: str, files: Sequence[DataFile]) -> str:
    """The cell's code; empty where a tutorial needs none.

    :param tutorial: POSIX path from the repository's root.
    """
    if not files:
        return ""
    folder = posixpath.dirname(tutorial.lstrip("/"))
    names = {file: posixpath.relpath(file.path, folder or ".") for file in files}
    parts = [_FETCH]
    if any(place.startswith("../") for place in names.values()):
        parts.append(_FOLDER.format(folder=folder, ending=f"/{folder}"))
    parts += ["\n", *(f"{_call(file, names)}\n" for file in files)]
    return "".join(parts).rstrip("\n")


def embedded(data: bytes) -> str:
    """Content as an address that holds it."""
    return f"data:;base64,{base64.b64encode(data).decode()}"


def _call(file: DataFile, names: Mapping[DataFile, str]) -> str:
    return f"_bring(\n    {names[file]!r},\n    {file.sha256!r},\n    {file.source!r},\n)"
