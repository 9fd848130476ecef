"""The tutorials of a build that wait and run on a cluster. Pure: time and workers are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from .dispatch import LOSSES, Task, Worker, choose, hopeless

_GRACE = 10.0  # seconds to wait for workers where none is left


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task that a worker executes.

    :param key: names this try of it.
    :param row: of the timeline.
    """

    key: str
    task: Task
    worker: Worker
    row: int


class TaskBoard:
    """Which tasks wait, and which run where.

    :param build: the build's name.
    :param now: seconds, by any clock that only goes forward.
    """

    def __init__(self, tasks: Iterable[Task], build: str, now: float) -> None:
        self._waiting = list(tasks)
        self._running: dict[str, Assignment] = {}
        self._rows: list[str] = []  # the worker's address, by row of the timeline
        self._build = build
        self._hopeful = now

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits or runs."""
        return not self._waiting and not self._running

    @property
    def running(self) -> list[str]:
        """The keys of what runs."""
        return list(self._running)

    def assign(self, workers: Iterable[Worker]) -> Iterator[Assignment]:
        """Give the workers what they can take; each is to be handed out as it comes."""
        for worker in workers:
            busy = [entry.task for entry in self._running.values() if entry.worker == worker]
            while task := choose(self._waiting, worker, busy):
                self._waiting.remove(task)
                busy.append(task)
                key = f"docent-{self._build}-{task.index}-{task.losses}"
                self._running[key] = Assignment(key, task, worker, self._row(worker))
                yield self._running[key]

    def find(self, key: str) -> Assignment | None:
        """What runs under a key."""
        return self._running.get(key)

    def keys_of(self, worker: Worker) -> list[str]:
        """What a worker executes."""
        return [key for key, entry in self._running.items() if entry.worker == worker]

    def finish(self, key: str) -> None:
        """A task has ended."""
        del self._running[key]

    def lose(self, key: str) -> Task | None:
        """A task's worker was lost: have it wait again, unless that was tried often enough.

        :returns: the task, if it is not tried any more.
        """
        task = self._running.pop(key).task
        task = replace(task, losses=task.losses + 1)
        if task.losses >= LOSSES:
            return task
        self._waiting.append(task)
        self._waiting.sort(key=lambda task: task.index)
        return None

    def give_up(self, workers: Collection[Worker], now: float) -> list[Task]:
        """What has waited too long for a worker with its devices; it waits no more."""
        without = hopeless(self._waiting, workers)
        if not without:
            self._hopeful = now
        elif now >= self._hopeful + _GRACE:
            self._waiting = [task for task in self._waiting if task not in without]
            return without
        return []

    def clear(self) -> list[Task]:
        """Remove everything, and tell what that was."""
        tasks = [*self._waiting, *(entry.task for entry in self._running.values())]
        self._waiting.clear()
        self._running.clear()
        return tasks

    def _row(self, worker: Worker) -> int:
        """The first row of the timeline that is the worker's and free."""
        busy = {entry.row for entry in self._running.values()}
        for row, address in enumerate(self._rows):
            if address == worker.address and row not in busy:
                return row
        self._rows.append(worker.address)
        return len(self._rows) - 1
