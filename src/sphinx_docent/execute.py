"""Executes tutorials, each in a process of its own.

The parent schedules and never executes. A child writes the page of its tutorial and sends back
what happened; one that dies hurts only its own tutorial.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from .model import Failure, Message, Result, Status, Tutorial

Answer = tuple[float, str | None, tuple[Message, ...]]
"""Seconds, the traceback of a failure or ``None``, and the warnings that were emitted."""

Produce = Callable[[Tutorial], Answer]
"""Writes the page of a tutorial."""

_LONGEST_WAIT = 3600.0
"""Seconds; the operating system takes no more than some weeks."""

# Sphinx's own parallel steps fork as well; where fork is missing, settings must be picklable.
_METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


@dataclass(frozen=True, slots=True)
class _Running:
    tutorial: Tutorial
    process: Any
    receiver: Connection
    started: float
    deadline: float


def execute(
    tutorials: Iterable[Tutorial], produce: Produce, jobs: int, timeout: float
) -> Iterator[tuple[Tutorial, Result]]:
    """Execute tutorials, several at a time; yields each as it ends.

    :param produce: runs in the child.
    :param jobs: how many at a time.
    :param timeout: seconds for a tutorial that declares none of its own.
    """
    waiting = list(tutorials)[::-1]
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_start(waiting.pop(), produce, timeout))
            until = max(0.0, min(job.deadline for job in running) - time.monotonic())
            ready = set(wait([job.receiver for job in running], min(until, _LONGEST_WAIT)))
            for job in list(running):
                late = time.monotonic() >= job.deadline
                if job.receiver in ready or late:
                    running.remove(job)
                    yield job.tutorial, _finish(job, answered=job.receiver in ready)
    finally:
        for job in running:
            _end(job.process)


def _start(tutorial: Tutorial, produce: Produce, timeout: float) -> _Running:
    context: Any = multiprocessing.get_context(_METHOD)
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, produce, tutorial))
    sys.stdout.flush()
    sys.stderr.flush()
    process.start()
    sender.close()
    now = time.monotonic()
    return _Running(tutorial, process, receiver, now, now + (tutorial.timeout or timeout))


def _child(sender: Connection, produce: Produce, tutorial: Tutorial) -> None:
    if hasattr(os, "setsid"):
        os.setsid()
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    answer = produce(tutorial)
    sender.send((*answer, _peak_memory()))
    sender.close()


def _finish(job: _Running, *, answered: bool) -> Result:
    elapsed = time.monotonic() - job.started
    if not answered:
        _end(job.process)
        message = f"took longer than {job.deadline - job.started:g} s and was ended"
        return Result(Status.FAILED, elapsed, failure=Failure(message, None, ""))
    try:
        seconds, traceback, messages, memory = job.receiver.recv()
    except EOFError:
        job.process.join()
        message = _how_it_died(job.process.exitcode)
        _end(job.process)
        return Result(Status.FAILED, elapsed, failure=Failure(message, None, ""))
    _end(job.process)
    if traceback is None:
        return Result(Status.PASSED, seconds, memory, messages=messages)
    return Result(
        Status.FAILED, seconds, memory, _failure(traceback, job.tutorial), messages=messages
    )


def _end(process: Any) -> None:
    """Wait a moment for a process that is done, then end it with everything it started."""
    process.join(1 if process.exitcode is None else 0)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.is_alive():
        process.kill()
    process.join()
    process.close()


def _how_it_died(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the process was ended by {signal.Signals(-code).name}"
    return f"the process ended with exit code {code} before the tutorial did"


def _failure(traceback: str, tutorial: Tutorial) -> Failure:
    lines = re.findall(rf'File "{re.escape(str(tutorial.source))}", line (\d+)', traceback)
    message = traceback.strip().splitlines()[-1]
    return Failure(message, int(lines[-1]) if lines else None, traceback)


def _peak_memory() -> int:
    """Bytes that this process held at most, where the platform tells; otherwise 0."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
