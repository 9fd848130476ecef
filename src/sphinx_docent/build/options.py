"""How the tutorials of a plan are executed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..cluster.configuration import ClusterOptions, configuration_of
from ..execution.child import site_folders
from ..execution.executor import ExecutionOptions
from ..execution.preload import choose, common_names
from ..model import Action, Step
from ..settings import Settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .stages import Planned, Prepared


def execution_options(app: Sphinx, build: Prepared, planned: Planned) -> ExecutionOptions:
    """How they are executed, here or by the workers of a cluster."""
    settings, root = build.settings, build.root
    made = (
        build.state,
        Path(app.outdir),
        Path(app.doctreedir),
        *planned.galleries.target_dirs,
    )
    folders = (*(f"{folder}{os.sep}" for folder in (*made, root / ".git")), *site_folders())
    options = ExecutionOptions(
        root=root,
        jobs=settings.jobs,
        timeout=settings.timeout,
        preload=_preload(planned.steps, settings, root, folders, build.state / "preload.json"),
        excluded=folders,
    )
    if not settings.scheduler:
        return options
    return replace(options, cluster=_cluster(app, build, planned, made))


def _cluster(
    app: Sphinx, build: Prepared, planned: Planned, made: tuple[Path, ...]
) -> ClusterOptions:
    tutorials, keys = planned.galleries.tutorials, planned.context.keys
    return ClusterOptions(
        scheduler=build.settings.scheduler,
        reading=configuration_of(app, build.root),
        devices=build.settings.devices,
        made=made,
        declared=tuple(file for tutorial in tutorials for file in keys.declared(tutorial)),
        chooses=build.settings.preload is None,
    )


def _preload(
    steps: Sequence[Step],
    settings: Settings,
    root: Path,
    excluded: tuple[str, ...],
    memory: Path,
) -> tuple[str, ...]:
    """The modules to load before forking; each worker of a cluster chooses by itself."""
    if settings.preload is not None:
        return settings.preload
    sources = [
        step.tutorial.source.read_text(encoding="utf-8", errors="replace")
        for step in steps
        if step.action is Action.EXECUTE
    ]
    names = common_names(sources, settings.jobs)
    return tuple(names if settings.scheduler else choose(names, root, excluded, memory))
