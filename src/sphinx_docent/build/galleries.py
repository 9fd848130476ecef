"""Everything that a build does with the galleries before Sphinx reads: find, plan, produce."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from ..cache.keys import declared_files
from ..cluster.configuration import configuration_of
from ..cluster.options import ClusterOptions
from ..execution.options import ExecutionOptions
from ..execution.preload import common_names, safe_names
from ..gallery import sphinx_gallery as gallery
from ..gallery.discovery import DiscoveredScript, discover
from ..gallery.order import SubsectionOrder, check_subsections, check_tutorials
from ..gallery.stale_pages import remove_stale_pages
from ..machine.interpreter import installation_prefixes
from ..model import Action, Step, Tutorial
from ..planning import selection as select
from ..planning.plan import CacheStatus, make_plan
from ..settings import Settings
from .executors import missing_requirements
from .pages import PageContext

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Galleries:
    """The galleries as they are found on disk.

    :param folders: all folders, each gallery's root first.
    :param found: the scripts that sphinx-gallery can take.
    """

    folders: Sequence[gallery.Folder]
    found: Sequence[DiscoveredScript]

    @property
    def tutorials(self) -> list[Tutorial]:
        """All tutorials, in order."""
        return [entry.tutorial for entry in self.found]

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
        gallery.WithinSubsectionOrder.listed = config.within_subsection_order
        conf["within_subsection_order"] = f"{gallery.__name__}.WithinSubsectionOrder"


def find_galleries(config: Any, srcdir: Path) -> Galleries:
    """Look at the disk, say what is wrong with scripts, and keep sphinx-gallery from those
    that it could not take.

    :raises DocentError: the order lists what does not exist.
    """
    conf = config.sphinx_gallery_conf
    folders = list(gallery.folders(conf, srcdir))
    found = discover(conf, srcdir)
    _check_order(config, folders, found, srcdir)
    unusable = {entry.tutorial.source for entry in found if _complain(entry)}
    if unusable:
        names = "|".join(re.escape(path.name) for path in sorted(unusable))
        conf["ignore_pattern"] = f"(?:{conf['ignore_pattern']})|^(?:{names})$"
    left_out = {path.name for path in unusable}
    usable = [entry for entry in found if entry.tutorial.source.name not in left_out]
    remove_stale_pages(
        {folder.target_dir for folder in folders if folder.subsection is None},
        {folder.target_dir for folder in folders},
        {entry.tutorial.target for entry in usable},
    )
    return Galleries(folders, usable)


def selector(
    galleries: Galleries, settings: Settings, conf: gallery.GalleryConf
) -> Callable[[Tutorial], bool]:
    """Whether a tutorial may execute.

    :raises DocentError: a pattern matches nothing.
    """
    chosen = settings.selection
    if not conf["plot_gallery"]:
        return _nothing
    if chosen is not None:
        select.check(chosen, [tutorial.path for tutorial in galleries.tutorials], settings.origin)
    unclear = {
        entry.tutorial
        for entry in galleries.found
        if any(problem.category == "comment" for problem in entry.problems)
    }

    def selected(tutorial: Tutorial) -> bool:
        if tutorial in unclear:
            return False
        if chosen is None:
            return gallery.wants_execution(tutorial.source, conf)
        return tutorial.path in chosen

    return selected


def _nothing(_tutorial: Tutorial) -> bool:
    return False


def plan_build(
    galleries: Galleries,
    settings: Settings,
    shop: PageContext,
    *,
    executes: bool,
) -> list[Step]:
    """Decide what the build does with each tutorial.

    :param executes: whether this kind of build may show results at all.
    :raises DocentError: a pattern matches nothing.
    """
    conf, tutorials = shop.conf, galleries.tutorials
    selected = selector(galleries, settings, conf) if executes else _nothing

    def standing(tutorial: Tutorial) -> CacheStatus:
        if conf["run_stale_examples"]:
            return CacheStatus(valid=False, reason="run_stale_examples is set")
        return shop.cache_status(tutorial)

    wanted = [tutorial for tutorial in tutorials if selected(tutorial)]
    lacking = _lacking({name for entry in wanted for name in entry.requires}, settings)
    chosen = settings.selection
    partial = selected is not _nothing and chosen is not None and bool(chosen.patterns)
    if not conf["run_stale_examples"]:
        shop.look_up(tutorials if partial else wanted)
    return make_plan(tutorials, selected, lacking, standing, restores_others=partial)


def _lacking(names: Iterable[str], settings: Settings) -> frozenset[str]:
    """The requirements that are not met where tutorials execute."""
    return missing_requirements(names, settings.probes, settings.devices, settings.scheduler)


def execution_options(
    steps: Sequence[Step], settings: Settings, root: Path, excluded: Sequence[Path], memory: Path
) -> ExecutionOptions:
    """How the tutorials of a plan are executed.

    :param excluded: folders that hold what builds make.
    :param memory: where it is kept which modules may be loaded before forking.
    """
    sources = [
        step.tutorial.source.read_text(encoding="utf-8", errors="replace")
        for step in steps
        if step.action is Action.EXECUTE
    ]
    folders = (
        *(f"{folder}{os.sep}" for folder in (*excluded, root / ".git")),
        *installation_prefixes(),
    )
    preload = settings.preload
    if preload is None:
        names = common_names(sources, settings.jobs)
        # Each worker of a cluster chooses by itself.
        preload = tuple(names if settings.scheduler else safe_names(names, root, folders, memory))
    return ExecutionOptions(
        root=root,
        jobs=settings.jobs,
        timeout=settings.timeout,
        preload=preload,
        excluded=folders,
    )


def on_cluster(
    app: Sphinx,
    crew: ExecutionOptions,
    settings: Settings,
    made: Sequence[Path],
    tutorials: Iterable[Tutorial],
) -> ClusterOptions | None:
    """The workers of the cluster that the settings name, if they name one.

    :param made: folders that hold what builds make.
    """
    if not settings.scheduler:
        return None
    return ClusterOptions(
        scheduler=settings.scheduler,
        configuration=configuration_of(app, crew.root),
        devices=settings.devices,
        made=tuple(made),
        declared=tuple(file for tutorial in tutorials for file in declared_files(tutorial)),
        chooses=settings.preload is None,
    )


def _complain(entry: DiscoveredScript) -> bool:
    """Report a script's problems; true if sphinx-gallery could not take it."""
    for problem in entry.problems:
        fatal = problem.blocks or problem.category == "comment"
        (logger.error if fatal else logger.warning)(
            "%s",
            problem.message,
            location=f"{entry.tutorial.source}:{problem.line}",
            type="docent",
            subtype=problem.category,
        )
    return any(problem.blocks for problem in entry.problems)


def _check_order(
    config: Any, folders: Iterable[gallery.Folder], found: Iterable[DiscoveredScript], srcdir: Path
) -> None:
    conf = config.sphinx_gallery_conf
    if isinstance(conf["subsection_order"], SubsectionOrder):
        check_subsections(
            conf["subsection_order"].listed,
            [folder.subsection for folder in folders if folder.subsection],
        )
    if str(conf["within_subsection_order"]).startswith(gallery.__name__):
        check_tutorials(gallery.WithinSubsectionOrder.listed, _names(folders, found, srcdir))


def _names(
    folders: Iterable[gallery.Folder], found: Iterable[DiscoveredScript], srcdir: Path
) -> Mapping[str, list[str]]:
    names: dict[Path, list[str]] = {folder.source_dir: [] for folder in folders}
    for entry in found:
        names[entry.tutorial.source.parent].append(entry.tutorial.source.name)
    return {_relative(folder, srcdir): files for folder, files in names.items()}


def _relative(folder: Path, srcdir: Path) -> str:
    return Path(os.path.relpath(folder, srcdir)).as_posix()
