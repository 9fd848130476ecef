"""What a cluster has to know of a build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .configuration import ProjectConfiguration


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Where tutorials are executed, if not here.

    :param scheduler: its address, or the name of its file.
    :param configuration: how this build has read the project's configuration.
    :param devices: requirements that are resources of workers.
    :param made: folders that builds make.
    :param declared: files that tutorials declare to use, absolute.
    :param chooses: whether each worker finds out which modules it can load before forking.
    """

    scheduler: str
    configuration: ProjectConfiguration
    devices: frozenset[str]
    made: tuple[Path, ...]
    declared: tuple[str, ...]
    chooses: bool
