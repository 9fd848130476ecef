"""Has jobs carried out by a server, and hears from it how each ended.

The build schedules and never executes: see :mod:`sphinx_docent.execution.server` for who does.
Where a job takes the server down, the others go on with another one.
"""

from __future__ import annotations

import contextlib
import math
import signal
import socket
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from .jobs import Job, JobEnded, JobEvent
from .processes import adopt_orphans
from .server import serve
from .server_process import ServerLostError, ServerProcess
from .surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Work:
    """Jobs, and how they are carried out.

    :param surroundings: makes those of the processes that carry them out.
    :param slots: how many at a time.
    :param warm_up: is called before the first process is forked, and told whether there will be
        one at a time.
    :param memory: bytes that all that runs at a time may hold together.
    :param folder: holds the jobs' folders, and goes with the server if the build is killed.
    :param alone: the indexes of jobs beside which nothing runs.
    """

    jobs: Sequence[Job]
    surroundings: Callable[[], Surroundings]
    slots: int
    warm_up: Callable[[bool], None]
    folder: str
    memory: float = math.inf
    alone: Collection[int] = ()


@contextlib.contextmanager
def events_of(work: Work) -> Iterator[Iterator[JobEvent]]:
    """What happens to the jobs until all have ended.

    Whatever ends the block ends what still runs.
    """
    rounds = _Rounds(work)
    with adopt_orphans():
        try:
            yield rounds.events()
        finally:
            rounds.end()


class _Rounds:
    """Servers, one after the other: mostly one.

    First the jobs are carried out, several at a time. Those that ran when the server was lost
    are tried one at a time: the one that takes it down again is to blame. In the end come those
    that are to run alone, and those that were killed, once more: alone there may be memory enough.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._waiting = [index for index in range(len(work.jobs)) if index not in work.alone]
        self._suspects: list[int] = []
        self._in_the_end = [index for index in range(len(work.jobs)) if index in work.alone]
        self._lost: set[int] = set()
        self._server: ServerProcess | None = None

    def events(self) -> Iterator[JobEvent]:
        while self._waiting or self._suspects or self._in_the_end:
            yield from self._round(self._suspects or self._waiting or self._in_the_end)

    def end(self) -> None:
        if self._server is not None:
            self._server.end()
            self._server = None

    def _round(self, jobs: list[int]) -> Iterator[JobEvent]:
        """Have jobs carried out; those that have ended are taken from the list."""
        order, alone = list(jobs), jobs is not self._waiting
        count = len(order)
        self._server = server = self._start(order, alone=alone)
        try:
            for event in server.events(len(order)):
                if event["event"] == "ended":
                    jobs.remove(event["index"])
                    if _was_killed(event) and not alone:
                        self._in_the_end.append(event["index"])
                        continue
                yield event
        except ServerLostError as error:
            if not server.running and len(jobs) == count:
                words = f"the process that executes tutorials {error} unexpectedly"
                raise RuntimeError(words) from None
            yield from self._lose(jobs, server.running, str(error))
        self.end()

    def _lose(self, jobs: list[int], running: list[int], how: str) -> Iterator[JobEvent]:
        for index in running:
            jobs.remove(index)
            if index in self._lost:
                yield _taken_down(index, f"the server that executes tutorials {how}, twice")
            else:
                self._lost.add(index)
                self._suspects.append(index)

    def _start(self, order: Sequence[int], *, alone: bool) -> ServerProcess:
        work = self._work

        def run(theirs: socket.socket) -> None:
            serve(
                theirs,
                work.jobs,
                work.surroundings,
                1 if alone else work.slots,
                lambda: work.warm_up(alone),
                memory=work.memory,
                order=order,
            )

        return ServerProcess(run, work.folder)


def _was_killed(event: JobEnded) -> bool:
    return event["code"] == -signal.SIGKILL and not event["late"] and event["answer"] is None


def _taken_down(index: int, words: str) -> JobEnded:
    return {
        "event": "ended",
        "index": index,
        "elapsed": 0.0,
        "answer": None,
        "late": False,
        "code": 0,
        "peak": 0,
        "problem": words,
        "tail": "",
        "place": {},
        "details": {},
    }
