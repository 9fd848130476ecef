"""The galleries as they are found on disk, and their order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sphinx.util import logging

from ..gallery.discovery import DiscoveredScript, discover
from ..gallery.folders import GalleryFolder, find_folders
from ..gallery.order import (
    WITHIN_SUBSECTION_ORDER,
    SubsectionOrder,
    WithinSubsectionOrder,
    check_subsections,
    check_tutorials,
)
from ..gallery.source_text import read_lines
from ..gallery.stale_pages import remove_stale_pages
from ..model import Tutorial
from ..planning.declarations import Declarations, overdue
from ..reports.sphinx_warnings import warn_of_overdue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Galleries:
    """The galleries.

    :param folders: all folders, each gallery's root first.
    :param scripts: those that sphinx-gallery can take.
    :param unusable: the others.
    """

    folders: Sequence[GalleryFolder]
    scripts: Sequence[DiscoveredScript]
    unusable: frozenset[Path]

    @property
    def tutorials(self) -> list[Tutorial]:
        """All tutorials, in order."""
        return [script.tutorial for script in self.scripts]

    @property
    def target_dirs(self) -> list[Path]:
        """The generated folders."""
        return [folder.target_dir for folder in self.folders]

    def sources(self) -> dict[Path, list[Path]]:
        """The files that every generated page is made from."""
        pages = {
            tutorial.target.with_suffix(".rst"): [tutorial.source] for tutorial in self.tutorials
        }
        for folder in self.folders:
            below = [
                other.header
                for other in self.folders
                if other.header and other.target_dir.is_relative_to(folder.target_dir)
            ]
            if folder.header:
                pages[folder.target_dir / "index.rst"] = below
        return pages

    def generated_files(self) -> list[Path]:
        """All files in generated folders, sorted."""
        return sorted(
            path
            for folder in self.folders
            for place in (".", "images", "images/thumb")
            if (folder.target_dir / place).is_dir()
            for path in (folder.target_dir / place).iterdir()
            if path.is_file()
        )


def apply_order(config: Any) -> None:
    """Give sphinx-gallery the order that ``conf.py`` lists.

    Values of other types belong to the project itself and are left alone.
    """
    conf = config.sphinx_gallery_conf
    subsections = config.subsection_order
    if isinstance(subsections, (list, tuple)) and "subsection_order" not in conf:
        conf["subsection_order"] = SubsectionOrder([str(folder) for folder in subsections])
    if isinstance(config.within_subsection_order, dict) and "within_subsection_order" not in conf:
        WithinSubsectionOrder.listed = config.within_subsection_order
        conf["within_subsection_order"] = WITHIN_SUBSECTION_ORDER


def find_galleries(config: Any, srcdir: Path, declarations: Declarations) -> Galleries:
    """Look at the disk, say what is wrong with scripts, and sort out those that sphinx-gallery
    could not take.

    :param declarations: what ``conf.py`` says of tutorials.
    :raises DocentError: the order lists what does not exist, or a pattern matches nothing.
    """
    conf = config.sphinx_gallery_conf
    folders = list(find_folders(conf, srcdir))
    found = discover(conf, srcdir)
    declarations.check([script.tutorial.path for script in found])
    scripts = [replace(script, tutorial=declarations.apply(script.tutorial)) for script in found]
    _check_order(config, folders, scripts, srcdir)
    unusable = frozenset(script.tutorial.source for script in scripts if _warn_of_problems(script))
    usable = [script for script in scripts if script.tutorial.source not in unusable]
    remove_stale_pages(
        {folder.target_dir for folder in folders if folder.subsection is None},
        {folder.target_dir for folder in folders},
        {script.tutorial.target for script in usable},
    )
    return Galleries(folders, usable, unusable)


def warn_of_overdue_failures(conf: Path, declarations: Declarations) -> None:
    """Complain of known failures whose last day is past.

    :param conf: the file ``conf.py``.
    """
    for known in overdue(declarations.known_failures, date.today()):
        written = known.pattern.pattern
        rows = enumerate(read_lines(conf), 1)
        line = next((number for number, row in rows if written in row), 1)
        warn_of_overdue(known, conf, line)


def _warn_of_problems(script: DiscoveredScript) -> bool:
    """Report a script's problems; true if sphinx-gallery could not take it."""
    for problem in script.problems:
        fatal = problem.blocks or problem.category == "comment"
        (logger.error if fatal else logger.warning)(
            "%s",
            problem.message,
            location=f"{script.tutorial.source}:{problem.line}",
            type="docent",
            subtype=problem.category,
        )
    return any(problem.blocks for problem in script.problems)


def _check_order(
    config: Any,
    folders: Iterable[GalleryFolder],
    scripts: Iterable[DiscoveredScript],
    srcdir: Path,
) -> None:
    conf = config.sphinx_gallery_conf
    if isinstance(conf["subsection_order"], SubsectionOrder):
        check_subsections(
            conf["subsection_order"].listed,
            [folder.subsection for folder in folders if folder.subsection],
        )
    if conf["within_subsection_order"] == WITHIN_SUBSECTION_ORDER:
        names = _names(folders, scripts, srcdir)
        check_tutorials(WithinSubsectionOrder.listed, names)


def _names(
    folders: Iterable[GalleryFolder], scripts: Iterable[DiscoveredScript], srcdir: Path
) -> Mapping[str, list[str]]:
    names: dict[Path, list[str]] = {folder.source_dir: [] for folder in folders}
    for script in scripts:
        names[script.tutorial.source.parent].append(script.tutorial.source.name)
    return {_relative(folder, srcdir): files for folder, files in names.items()}


def _relative(folder: Path, srcdir: Path) -> str:
    return Path(os.path.relpath(folder, srcdir)).as_posix()
