"""Has tutorials executed on this machine, and tells how each ended.

The build schedules and never executes: see :mod:`sphinx_docent.execution.server` for who does.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import DocentError
from ..machine.cores import lift_thread_limits
from ..machine.disk import is_full
from ..model import Tutorial
from .child import ExecutionRequest
from .in_copy import BUILD_LOG
from .isolation.upper import remove
from .jobs import Job
from .open_log import OpenLog
from .options import ExecutionOptions
from .outcomes import Ended, Started, outcome_of
from .pool import Work, events_of
from .tutorial_surroundings import Site, choose_surroundings
from .warm_up import warm_up


def execute_here(
    tutorials: Sequence[Tutorial],
    conf: dict[str, Any],
    options: ExecutionOptions,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    """Execute tutorials in order; yields as each begins and ends.

    :param conf: sphinx-gallery's settings.
    :param linked: other tutorials of a tutorial's folder.
    :raises DocentError: this platform cannot execute tutorials.
    """
    _refuse_without_fork()
    with _temporary_folder() as base:
        requests = [
            _request(tutorial, options, base / str(index), linked(tutorial))
            for index, tutorial in enumerate(tutorials)
        ]
        log = OpenLog(base / BUILD_LOG, options.root)
        with events_of(_work(tutorials, requests, conf, options, base)) as events:
            for event in events:
                tutorial = tutorials[event["index"]]
                if event["event"] == "started":
                    yield Started(tutorial, event["slot"])
                else:
                    full = is_full(base)
                    remove(requests[event["index"]].base)
                    yield outcome_of(tutorial, event, options, base.parent if full else None)
        log.is_active = False


def _refuse_without_fork() -> None:
    if not hasattr(os, "fork"):
        raise DocentError(
            f"tutorials cannot be executed on {sys.platform}, which has no fork:"
            " build with docent_execute = 'none', or under WSL"
        )


def _request(
    tutorial: Tutorial, options: ExecutionOptions, base: Path, linked: tuple[Path, ...]
) -> ExecutionRequest:
    return ExecutionRequest(
        source=tutorial.source,
        target_dir=tutorial.target_dir,
        root=options.root,
        base=base,
        linked=linked,
        excluded=options.excluded,
        watched=options.watched,
        cwd=Path.cwd(),
    )


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder that is removed in the end, whatever a tutorial has done to what lies in it."""
    folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="docent-")))
    try:
        yield folder
    finally:
        remove(folder)


def _work(
    tutorials: Sequence[Tutorial],
    requests: Sequence[ExecutionRequest],
    conf: dict[str, Any],
    options: ExecutionOptions,
    folder: Path,
) -> Work:
    site = Site(options.root, folder, options.excluded, options.jobs, options.isolation)

    def warm(alone: bool) -> None:
        if alone:
            lift_thread_limits(options.thread_limits)
        warm_up(options.preload, options.root, options.excluded, conf, folder)

    return Work(
        jobs=[
            Job(str(request.base), options.timeout_of(tutorial), options.memory_of(tutorial))
            for request, tutorial in zip(requests, tutorials, strict=True)
        ],
        surroundings=lambda: choose_surroundings(site, requests.__getitem__, conf),
        slots=options.jobs,
        warm_up=warm,
        folder=str(folder),
        memory=options.memory,
        alone=tuple(index for index, tutorial in enumerate(tutorials) if tutorial.alone),
    )
