"""Finds the tutorials of all galleries."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..model import Tutorial
from .configuration import GalleryConf
from .folders import find_folders, find_scripts
from .script import Problem, Script, read_script
from .source_text import SourceError, read_source


@dataclass(frozen=True, slots=True)
class DiscoveredScript:
    """A script of a gallery, with what is wrong in it."""

    tutorial: Tutorial
    problems: tuple[Problem, ...]


def discover(conf: GalleryConf, srcdir: Path) -> list[DiscoveredScript]:
    """All scripts of all galleries, ordered by folder and name.

    :param conf: sphinx-gallery's settings, filled with their defaults.
    :param srcdir: the source directory.
    """
    places = list(find_folders(conf, srcdir))
    root = repository_root(srcdir, (place.source_dir for place in places))
    return [
        _read(place.source_dir / name, place.target_dir, srcdir, root)
        for place in places
        for name in find_scripts(place.source_dir, conf)
    ]


def repository_root(srcdir: Path, others: Iterable[Path] = ()) -> Path:
    """The folder that tutorials' paths begin at.

    The nearest folder above with a ``.git``; without one, the folder that holds the source
    directory and the galleries.
    """
    for folder in (srcdir, *srcdir.parents):
        if (folder / ".git").exists():
            return folder
    return Path(os.path.commonpath([srcdir.parent, *others]))


def path_from(root: Path, file: Path) -> str:
    """A file's POSIX path from the repository root, with a leading slash."""
    try:
        return "/" + file.relative_to(root).as_posix()
    except ValueError:
        return file.as_posix()


def _read(source: Path, target_dir: Path, srcdir: Path, root: Path) -> DiscoveredScript:
    script = _script(source)
    tutorial = Tutorial(
        path=path_from(root, source),
        source=source,
        target_dir=target_dir,
        page=(target_dir / source.stem).relative_to(srcdir).as_posix(),
        requires=script.requires,
        timeout=script.timeout,
        inputs=script.inputs,
        memory=script.memory,
        alone=script.alone,
    )
    return DiscoveredScript(tutorial, script.problems)


def _script(source: Path) -> Script:
    try:
        return read_script(read_source(source))
    except SourceError as error:
        return Script(problems=(Problem(error.line, "syntax", str(error), blocks=True),))
