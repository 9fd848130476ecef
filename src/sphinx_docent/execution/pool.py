"""Forks the server that carries out jobs, and hears from it how each ended.

The build schedules and never executes: see :mod:`sphinx_docent.execution.server` for who does.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .jobs import Job, JobEvent
from .server import serve
from .surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Work:
    """Jobs, and how they are carried out.

    :param surroundings: makes those of the processes that carry them out.
    :param slots: how many at a time.
    :param warm_up: is called before the first process is forked.
    :param memory: bytes that all that runs at a time may hold together.
    :param folder: holds the jobs' folders, and goes with the server if the build is killed.
    """

    jobs: Sequence[Job]
    surroundings: Callable[[], Surroundings]
    slots: int
    warm_up: Callable[[], None]
    folder: str
    memory: float = math.inf


@contextlib.contextmanager
def events_of(work: Work) -> Iterator[Iterator[JobEvent]]:
    """What happens to the jobs until all have ended.

    Whatever ends the block ends what still runs.
    """
    ours, theirs = socket.socketpair()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            ours.close()
            serve(
                theirs,
                work.jobs,
                work.surroundings,
                work.slots,
                work.warm_up,
                memory=work.memory,
            )
            code = 0
        finally:
            # The build may have been killed; nobody else would remove it then.
            shutil.rmtree(work.folder, ignore_errors=True)
            os._exit(code)
    theirs.close()
    children: dict[int, int] = {}
    try:
        yield _events(ours, children, len(work.jobs))
    finally:
        # The server ends what still runs. (To close the socket is not enough: whoever reads
        # from it holds it open.)
        with contextlib.suppress(OSError):
            ours.shutdown(socket.SHUT_RDWR)
        ours.close()
        _wait_or_kill(pid, children)


def _events(control: socket.socket, children: dict[int, int], expected: int) -> Iterator[JobEvent]:
    with control.makefile("rb") as stream:
        for line in stream:
            event: JobEvent = json.loads(line)
            if event["event"] == "started":
                children[event["index"]] = event["pid"]
            else:
                children.pop(event["index"], None)
                expected -= 1
            yield event
            if expected == 0:
                return
    raise RuntimeError("the process that executes tutorials ended unexpectedly")


def _wait_or_kill(pid: int, children: dict[int, int]) -> None:
    """The server ends by itself at once; if it can't, it is ended with its children."""
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        if ended:
            return
        time.sleep(0.005)
    for child in children.values():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
