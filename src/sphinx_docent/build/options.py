"""Who executes the tutorials of a plan, and how."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cache.keys import declared_files
from ..cluster.configuration import configuration_of
from ..cluster.options import ClusterOptions
from ..execution.options import ExecutionOptions
from ..execution.preload import common_names, safe_names
from ..execution.tutorial_surroundings import isolation_here
from ..gallery.source_text import read_lines
from ..machine.interpreter import installation_prefixes
from ..model import Action, Step
from ..settings import Settings
from .executors import Executor

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .stages import Planned, Prepared


def choose_executor(app: Sphinx, build: Prepared, planned: Planned) -> Executor:
    """Who executes them: this machine, or the workers of a cluster."""
    settings, root = build.settings, build.root
    project = planned.context.project
    excluded = (
        *(f"{folder}{os.sep}" for folder in (*project.made, root / ".git")),
        *(str(path) for path in project.made if path.is_file()),
        *installation_prefixes(),
    )
    watched = project.distributions.watched(project.root)
    record = build.state / "preload.json"
    options = ExecutionOptions(
        root=root,
        jobs=settings.jobs,
        timeout=settings.timeout,
        preload=_preload(planned.steps, settings, (root, excluded, watched), record),
        excluded=excluded,
        watched=watched,
        isolation=settings.isolation,
        memory=settings.memory,
        peaks=planned.context.peaks,
        thread_limits=build.thread_limits,
    )
    if not settings.scheduler:
        return Executor(options)
    return Executor(options, _cluster(app, build, planned))


def how_isolated(build: Prepared) -> str:
    """How tutorials are isolated where they are executed, in words."""
    if build.settings.scheduler:
        return "as each worker of the cluster can"
    return isolation_here(build.root, build.settings.isolation)


def _cluster(app: Sphinx, build: Prepared, planned: Planned) -> ClusterOptions:
    tutorials = planned.galleries.tutorials
    return ClusterOptions(
        scheduler=build.settings.scheduler,
        configuration=configuration_of(app, build.root),
        devices=build.settings.devices,
        made=planned.context.project.made,
        declared=tuple(file for tutorial in tutorials for file in declared_files(tutorial)),
        chooses=build.settings.preload is None,
    )


def _preload(
    steps: Sequence[Step],
    settings: Settings,
    places: tuple[Path, tuple[str, ...], tuple[str, ...]],
    record: Path,
) -> tuple[str, ...]:
    """The modules to load before forking; each worker of a cluster chooses by itself.

    :param places: the repository's root, what is excluded in it, and what is watched.
    """
    if settings.preload is not None:
        return settings.preload
    sources = [
        "\n".join(read_lines(step.tutorial.source))
        for step in steps
        if step.action is Action.EXECUTE
    ]
    names = common_names(sources, settings.jobs)
    return tuple(names if settings.scheduler else safe_names(names, *places, record))
