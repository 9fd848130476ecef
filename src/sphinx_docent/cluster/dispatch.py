"""Decides which tutorial a cluster's worker executes next. Pure: it looks at nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LOSSES = 3
"""How often a tutorial's worker may be lost before the tutorial has failed."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of a cluster.

    :param host: its machine.
    :param directory: its local directory; another one at the same address is another worker.
    :param threads: how many tutorials it executes at a time.
    :param resources: units of each device that it declares.
    """

    address: str
    name: str
    host: str
    directory: str
    threads: int
    resources: Mapping[str, float] = field(default_factory=dict)

    def has(self, devices: Iterable[str]) -> bool:
        """Whether it declares all of these devices."""
        return all(self.resources.get(device, 0) >= 1 for device in devices)


@dataclass(frozen=True, slots=True)
class Task:
    """A tutorial that waits or runs.

    :param index: its place in the order in which to execute.
    :param devices: what it needs one unit of, each.
    :param losses: how often its worker was lost.
    :param alone: whether its worker may execute nothing beside it.
    """

    index: int
    devices: tuple[str, ...] = ()
    losses: int = 0
    alone: bool = False

    @property
    def wants_worker(self) -> bool:
        """Whether it takes a whole worker: if it takes that down, it takes nobody with it."""
        return self.alone or self.losses > 0


def choose(waiting: Sequence[Task], worker: Worker, running: Sequence[Task]) -> Task | None:
    """What a worker executes next: what needs its devices first, then the first that waits.

    :param running: what it executes now.
    :returns: ``None`` if it is busy, or nothing that waits suits it.
    """
    if len(running) >= worker.threads or any(task.wants_worker for task in running):
        return None
    used = [device for task in running for device in task.devices]
    free = {device: units - used.count(device) for device, units in worker.resources.items()}
    fitting = [
        task
        for task in waiting
        if all(free.get(name, 0) >= 1 for name in task.devices)
        and not (task.wants_worker and running)
    ]
    return min(fitting, key=lambda task: (-len(task.devices), task.index), default=None)


def hopeless(waiting: Iterable[Task], workers: Iterable[Worker]) -> list[Task]:
    """What waits for devices that no worker declares."""
    present = list(workers)
    return [task for task in waiting if not any(worker.has(task.devices) for worker in present)]
