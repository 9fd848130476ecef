"""Which job runs next, and in which slot. Pure: it starts nothing."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from .jobs import Job


class JobQueue:
    """The jobs of a server, in order, and the slots that they run in.

    :param slots: how many run at a time.
    :param memory: bytes that those that run may hold together, as far as is known.
    :param order: the indexes of those that are to run; ``None``: all.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        slots: int,
        memory: float = math.inf,
        order: Sequence[int] | None = None,
    ) -> None:
        self._jobs = list(jobs)
        self._waiting = list(range(len(jobs)) if order is None else order)
        self._free = list(range(slots))
        self._memory = memory
        self._running: dict[int, int] = {}  # the slot's job

    @property
    def is_empty(self) -> bool:
        """Whether no job waits."""
        return not self._waiting

    def job(self, index: int) -> Job:
        """The job of an index."""
        return self._jobs[index]

    def add(self, job: Job) -> None:
        """Have a job wait behind all others; its index is how many there were before."""
        self._waiting.append(len(self._jobs))
        self._jobs.append(job)

    def remove(self, index: int) -> None:
        """Have a job not run, if it still waits."""
        if index in self._waiting:
            self._waiting.remove(index)

    def take(self) -> tuple[int, int] | None:
        """The index of the next job that there is memory for, and the first free slot; ``None`` if
        there is either not.
        """
        if not self._free:
            return None
        used = sum(self._jobs[index].memory for index in self._running.values())
        for index in self._waiting:
            # What does not fit at all runs alone.
            if not self._running or used + self._jobs[index].memory <= self._memory:
                self._waiting.remove(index)
                slot = heapq.heappop(self._free)
                self._running[slot] = index
                return index, slot
        return None

    def free(self, slot: int) -> None:
        """Have a slot taken again."""
        del self._running[slot]
        heapq.heappush(self._free, slot)
