"""What a worker is told of a build, once, as JSON; and what it is told of each tutorial."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..execution.options import ExecutionOptions
from ..machine.interpreter import installation_folders
from ..model import Tutorial
from .configuration import ProjectConfiguration
from .dispatch import Worker
from .options import ClusterOptions


@dataclass(frozen=True, slots=True)
class ProjectSetup:
    """What a server needs to execute the tutorials of a project.

    :param root: the repository's root on the build's machine.
    :param installed: where the build's Python is installed: see
        :func:`sphinx_docent.machine.interpreter.installation_folders`.
    :param made: folders that builds make, from the root; they are there, empty.
    :param preload: modules that can be loaded before forking.
    :param chooses: whether the server finds out which of them it can load.
    :param threads: how many tutorials it executes at a time.
    :param isolation: see :class:`sphinx_docent.execution.options.ExecutionOptions`.
    """

    root: str
    installed: Mapping[str, str]
    configuration: ProjectConfiguration
    made: Sequence[str]
    preload: Sequence[str]
    chooses: bool
    threads: int
    isolation: str

    def to_json(self) -> str:
        """In a form that travels."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> ProjectSetup:
        """Read what :meth:`to_json` wrote."""
        data = json.loads(text)
        return cls(**{**data, "configuration": ProjectConfiguration(**data["configuration"])})


def project_setup(
    cluster: ClusterOptions, options: ExecutionOptions, workers: Iterable[Worker]
) -> ProjectSetup:
    """The setup of a build.

    :param workers: all that there are; those of one machine share its cores.
    """
    threads = [worker.threads for worker in workers]
    hosts = [worker.host for worker in workers for _ in range(worker.threads)]
    jobs = max(map(hosts.count, set(hosts)), default=1)
    overrides = {"docent_jobs": str(jobs), "docent_scheduler": ""}
    configuration = replace(
        cluster.configuration, overrides={**cluster.configuration.overrides, **overrides}
    )
    return ProjectSetup(
        root=str(options.root),
        installed=installation_folders(),
        configuration=configuration,
        made=[
            relative(folder, options.root)
            for folder in cluster.made
            if folder.is_relative_to(options.root)
        ],
        preload=list(options.preload),
        chooses=cluster.chooses,
        threads=max(threads, default=1),
        isolation=options.isolation,
    )


def request_for(
    tutorial: Tutorial, linked: Iterable[Path], options: ExecutionOptions
) -> dict[str, Any]:
    """What a worker is asked for; paths are POSIX, from the repository's root.

    :param linked: other tutorials of the folder.
    """
    return {
        "source": relative(tutorial.source, options.root),
        "target_dir": relative(tutorial.target_dir, options.root),
        "linked": [relative(path, options.root) for path in linked],
        "timeout": options.timeout_of(tutorial),
    }


def relative(path: Path, root: Path) -> str:
    """A path from the repository's root."""
    return path.relative_to(root).as_posix()
