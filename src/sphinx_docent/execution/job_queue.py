"""Which job runs next, and in which slot. Pure: it starts nothing."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence

from .jobs import Job


class JobQueue:
    """The jobs of a server, in order, and the slots that they run in.

    :param slots: how many run at a time.
    """

    def __init__(self, jobs: Sequence[Job], slots: int) -> None:
        self._jobs = list(jobs)
        self._waiting = deque(range(len(jobs)))
        self._free = list(range(slots))

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
        """The index of the next job and the first free slot; ``None`` if there is either not."""
        if not self._waiting or not self._free:
            return None
        return self._waiting.popleft(), heapq.heappop(self._free)

    def free(self, slot: int) -> None:
        """Have a slot taken again."""
        heapq.heappush(self._free, slot)
