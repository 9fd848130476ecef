"""Chooses who executes tutorials: this machine, or the workers of a cluster.

What belongs to a cluster is loaded only where one is wanted: most builds have none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..cluster.options import ClusterOptions
from ..execution.executor import execute_here
from ..execution.options import ExecutionOptions
from ..execution.outcomes import Ended, Started
from ..machine.requirements import Probe, missing_here
from ..model import Tutorial


@dataclass(frozen=True, slots=True)
class Executor:
    """Who executes tutorials, and how.

    :param cluster: whose workers do; ``None``: this machine.
    """

    options: ExecutionOptions
    cluster: ClusterOptions | None = None


def execute(
    tutorials: Sequence[Tutorial],
    conf: dict[str, Any],
    executor: Executor,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    """Execute tutorials in order; yields as each begins and ends.

    :param conf: sphinx-gallery's settings.
    :param linked: other tutorials of a tutorial's folder.
    :raises DocentError: this platform, or the cluster, cannot execute tutorials.
    """
    if executor.cluster is None:
        yield from execute_here(tutorials, conf, executor.options, linked)
        return
    from ..cluster.executor import execute_on_cluster

    yield from execute_on_cluster(executor.cluster, tutorials, executor.options, linked)


def missing_requirements(
    names: Iterable[str], probes: Mapping[str, Probe], devices: Collection[str], scheduler: str
) -> frozenset[str]:
    """The requirements that are not met where tutorials execute.

    :param devices: those that are devices, not packages.
    :param scheduler: of the cluster, empty if this machine executes.
    :raises DocentError: the scheduler does not answer.
    """
    if not scheduler:
        return missing_here(names, probes)
    from ..cluster.requirements import missing_on_cluster

    return missing_on_cluster(names, probes, devices, scheduler)
