"""Has tutorials executed, each in a process of its own, and tells how each ended.

The build schedules and never executes: see :mod:`sphinx_docent.execution.server` for who does.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DocentError
from ..model import Failure, Message, Result, Status, Tutorial
from .child import ExecutionRequest, execute_tutorial, warm_up
from .pool import Work, events_of
from .server import Job

if TYPE_CHECKING:
    from ..cluster.configuration import ClusterOptions

# A line of what faulthandler prints.
_FRAME = re.compile(r'  File "(?P<file>.+?)", line (?P<line>\d+)')
_LINES, _WIDEST = 20, 300


@dataclass(frozen=True, slots=True)
class Started:
    """A tutorial has begun.

    :param slot: which of the workers executes it, from 0.
    :param worker: its name, empty on this machine.
    """

    tutorial: Tutorial
    slot: int
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A tutorial has ended.

    :param seen: what it was seen to use, as
        :class:`sphinx_docent.execution.observation.Observation` writes it; ``None`` if its process
        died.
    """

    tutorial: Tutorial
    result: Result
    seen: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ExecutionOptions:
    """How tutorials are executed.

    :param jobs: how many at a time.
    :param timeout: seconds for a tutorial that declares none.
    :param preload: modules that the server loads before it forks.
    :param excluded: folders of the repository that are no one's input.
    :param cluster: who executes them; ``None``: this machine.
    """

    root: Path
    jobs: int
    timeout: float
    preload: Sequence[str]
    excluded: tuple[str, ...]
    cluster: ClusterOptions | None = None


def execute(
    tutorials: Sequence[Tutorial],
    conf: dict[str, Any],
    crew: ExecutionOptions,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    """Execute tutorials in order; yields as each begins and ends.

    :param linked: other tutorials of a tutorial's folder.
    :raises DocentError: this platform, or the cluster, cannot execute tutorials.
    """
    if not tutorials:
        return
    if crew.cluster is not None:
        from ..cluster.executor import execute_on_cluster

        yield from execute_on_cluster(crew.cluster, tutorials, crew, linked)
    else:
        yield from _execute_here(tutorials, conf, crew, linked)


def _execute_here(
    tutorials: Sequence[Tutorial],
    conf: dict[str, Any],
    crew: ExecutionOptions,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    if not hasattr(os, "fork"):
        raise DocentError(
            f"tutorials cannot be executed on {sys.platform}, which has no fork:"
            " build with docent_execute = 'none', or under WSL"
        )
    with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as folder:
        orders = [
            ExecutionRequest(
                source=tutorial.source,
                target_dir=tutorial.target_dir,
                root=crew.root,
                base=Path(os.path.realpath(folder)) / str(index),
                linked=linked(tutorial),
                excluded=crew.excluded,
            )
            for index, tutorial in enumerate(tutorials)
        ]
        jobs = [
            Job(str(order.base), tutorial.timeout or crew.timeout)
            for order, tutorial in zip(orders, tutorials, strict=True)
        ]
        work = Work(
            jobs,
            lambda index: execute_tutorial(orders[index], conf),
            crew.jobs,
            lambda: warm_up(crew.preload, crew.root, crew.excluded, conf, Path(folder)),
            folder,
        )
        with events_of(work) as events:
            for event in events:
                tutorial = tutorials[event["index"]]
                if event["event"] == "started":
                    yield Started(tutorial, event["slot"])
                else:
                    shutil.rmtree(orders[event["index"]].base, ignore_errors=True)
                    yield ended(tutorial, event, jobs[event["index"]].timeout)


def ended(tutorial: Tutorial, event: dict[str, Any], timeout: float) -> Ended:
    """What the server's word of an end means.

    :param event: see :mod:`sphinx_docent.execution.server`.
    :param timeout: the tutorial's, in seconds.
    """
    answer = event["answer"]
    if event["late"]:
        return _dead(tutorial, event, f"took longer than {timeout:g} s and was ended")
    if answer is None:
        return _dead(tutorial, event, how_it_died(event["code"]))
    failure = _failure(answer["traceback"], tutorial) if answer["traceback"] else None
    result = Result(
        status=Status.FAILED if failure else Status.PASSED,
        seconds=answer["seconds"],
        peak_memory=answer["peak_memory"],
        failure=failure,
        messages=tuple(Message(**message) for message in answer["messages"]),
        network=answer["network"],
    )
    return Ended(tutorial, result, answer)


def _dead(tutorial: Tutorial, event: dict[str, Any], message: str) -> Ended:
    tail = _last_lines(event["tail"], tutorial.source)
    lines = [int(frame["line"]) for frame in _FRAME.finditer(tail)]
    text = f"{message}\n\nthe last lines of its output:\n{tail}" if tail else message
    failure = Failure(message, lines[0] if lines else None, text)
    result = Result(Status.FAILED, event["elapsed"], failure=failure)
    return Ended(tutorial, result, None)


def _last_lines(text: str, source: Path) -> str:
    """The end of what a process printed; of a fatal error's frames, the tutorial's own."""
    lines = []
    for line in text.strip().splitlines():
        frame = _FRAME.match(line)
        if frame and Path(frame["file"]).name == source.name:
            lines.append(f'  File "{source}", line {frame["line"]}')
        elif not frame and not line.startswith("Extension modules: "):
            lines.append(line[:_WIDEST])
    return "\n".join(lines[-_LINES:])


def how_it_died(code: int) -> str:
    """What the exit code of a process that did not finish says, in words."""
    if code < 0:
        name = signal.Signals(-code).name
        hint = " (out of memory, perhaps)" if name == "SIGKILL" else ""
        return f"the process was ended by {name}{hint}"
    return f"the process ended with exit code {code} before the tutorial did"


def _failure(traceback: str, tutorial: Tutorial) -> Failure:
    lines = re.findall(rf'File "{re.escape(str(tutorial.source))}", line (\d+)', traceback)
    message = traceback.strip().splitlines()[-1]
    return Failure(message, int(lines[-1]) if lines else None, traceback)
