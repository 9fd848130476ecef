"""Has tutorials executed by the workers of a Dask cluster, and tells how each ended.

Tells it as :mod:`sphinx_docent.execution.executor` does, so that nobody else knows where they ran.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from ..cache.entry import checked_name
from ..cache.page_writer import write_files
from ..errors import DocentError
from ..execution.executor import Ended, ExecutionOptions, Started, ended
from ..machine.requirements import Probe, missing
from ..model import Failure, Result, Status, Tutorial
from . import worker as there
from .bundle import pack_project
from .client import SchedulerConnection, SchedulerLostError, connect
from .configuration import ClusterOptions
from .dispatch import LOSSES, Task, Worker, choose, hopeless
from .environment import difference, installation_folders, own_environment

if TYPE_CHECKING:
    from distributed import Future

logger = logging.getLogger(__name__)

_LOOK, _RENEW = 0.5, 5.0  # seconds between two looks at the workers, and two signs of life
_WAKING = 10.0  # seconds in which a worker loads what it needs
_GRACE = 10.0  # seconds to wait for workers where none is left


def missing_on_cluster(
    names: Iterable[str], probes: Mapping[str, Probe], devices: Collection[str], scheduler: str
) -> frozenset[str]:
    """The requirements that no worker meets: devices that none declares, and packages, of which
    the workers have the same as we have.

    :raises DocentError: the scheduler does not answer.
    """
    wanted = set(names)
    lacking = missing(wanted.difference(devices), probes)
    needed = wanted.intersection(devices)
    if not needed:
        return lacking
    with connect(scheduler) as link:
        workers = _first_look(link, scheduler)
    return lacking | {name for name in needed if not any(w.has([name]) for w in workers.values())}


def execute_on_cluster(
    cluster: ClusterOptions,
    tutorials: Sequence[Tutorial],
    crew: ExecutionOptions,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    """Execute tutorials; yields as each begins and ends.

    :raises DocentError: there is no scheduler, or no worker that is fit.
    """
    with connect(cluster.scheduler) as link:
        campaign = _ClusterRun(link, cluster, tutorials, crew, linked)
        try:
            yield from campaign.events()
        finally:
            campaign.close()


class _ClusterRun:
    """The tutorials that wait and run, and the workers."""

    def __init__(
        self,
        link: SchedulerConnection,
        cluster: ClusterOptions,
        tutorials: Sequence[Tutorial],
        crew: ExecutionOptions,
        linked: Callable[[Tutorial], tuple[Path, ...]],
    ) -> None:
        self.link = link
        self.cluster = cluster
        self.tutorials = tutorials
        self.crew = crew
        self.linked = linked
        self.build = uuid.uuid4().hex[:12]
        self.parcel = pack_project(crew.root, cluster.made, cluster.declared)
        self.waiting = [
            Task(index, tuple(name for name in tutorial.requires if name in cluster.devices))
            for index, tutorial in enumerate(tutorials)
        ]
        self.running: dict[str, tuple[Task, Worker, int, Future]] = {}
        self.workers: dict[str, Worker] = {}
        self.refused: dict[str, str] = {}
        self.lanes: dict[int, str] = {}
        self.looked = self.renewed = self.served = time.monotonic()

    def events(self) -> Iterator[Started | Ended]:
        try:
            self._admit(_first_look(self.link, self.cluster.scheduler))
            if not self.workers:
                raise DocentError(f"docent_scheduler: no worker is fit: {self._refusal()}")
            while self.waiting or self.running:
                yield from self._hand_out()
                future = self.link.next_done(_LOOK)
                if future is not None:
                    yield from self._take(future)
                if time.monotonic() >= self.looked + _LOOK:
                    yield from self._look()
        except SchedulerLostError:
            for task in [*self.waiting, *(entry[0] for entry in self.running.values())]:
                yield self._failed(task, f"the scheduler at {self.cluster.scheduler} was lost")
            self.running.clear()
            self.workers.clear()

    def close(self) -> None:
        """End what still runs, and what was laid out for it."""
        try:
            if self.running:
                self.link.drop(entry[3] for entry in self.running.values())
            self.link.run(there.close_build, self.build, on=self.workers)
        except SchedulerLostError:
            pass  # its workers end this by themselves

    def _hand_out(self) -> Iterator[Started]:
        for worker in self.workers.values():
            busy = [task for task, other, _, _ in self.running.values() if other == worker]
            while task := choose(self.waiting, worker, busy):
                self.waiting.remove(task)
                busy.append(task)
                key = f"docent-{self.build}-{task.index}-{task.losses}"
                tutorial = self.tutorials[task.index]
                future = self.link.submit(
                    self.build, self._order(tutorial), key, worker, task.devices
                )
                lane = self._lane(worker)
                self.running[key] = (task, worker, lane, future)
                yield Started(tutorial, lane, worker.name)

    def _take(self, future: Future) -> Iterator[Ended]:
        if future.key not in self.running:
            return
        try:
            answer = self.link.result(future)
        except Exception as error:
            yield from self._again(future.key, f"{type(error).__name__}: {error}")
            return
        if "event" not in answer:
            _, worker, _, _ = self.running[future.key]
            if "unfit" in answer and worker.address in self.workers:
                del self.workers[worker.address]
                self._refuse(worker, f"it cannot read the configuration: {answer['unfit']}")
            yield from self._again(future.key, None)
            return
        task, _, _, _ = self.running.pop(future.key)
        tutorial = self.tutorials[task.index]
        write_files(
            {
                checked_name(name, tutorial.source.stem): data
                for name, data in answer["files"].items()
            },
            tutorial.target_dir,
        )
        yield ended(tutorial, answer["event"], self._timeout(tutorial))

    def _again(self, key: str, error: str | None) -> Iterator[Ended]:
        """Have a tutorial executed once more, unless that was tried often enough."""
        task, _, _, future = self.running.pop(key)
        self.link.drop([future])
        task = replace(task, losses=task.losses + 1)
        if task.losses < LOSSES:
            self.waiting.append(task)
            self.waiting.sort(key=lambda task: task.index)
        else:
            words = f"its worker was lost {LOSSES} times"
            yield self._failed(task, f"{words}; the last: {error}" if error else words)

    def _look(self) -> Iterator[Ended]:
        """See which workers are lost and which are new."""
        present = self.link.workers()
        now = time.monotonic()
        for address in [a for a, worker in self.workers.items() if present.get(a) != worker]:
            worker = self.workers.pop(address)
            for key in [key for key, entry in self.running.items() if entry[1] == worker]:
                yield from self._again(key, None)
        self._admit(present)
        self._renew()
        without = hopeless(self.waiting, self.workers.values())
        if not without:
            self.served = now
        elif now >= self.served + _GRACE:
            self.waiting = [task for task in self.waiting if task not in without]
            for task in without:
                devices = " and ".join(f"`{name}`" for name in task.devices)
                reason = f"no worker with {devices} is left" if devices else "no worker is left"
                yield self._failed(task, f"{reason}{self._refusal()}")
        self.looked = time.monotonic()

    def _renew(self) -> None:
        """Have the workers know that the build goes on."""
        if time.monotonic() >= self.renewed + _RENEW:
            self.link.run(there.renew, self.build, on=self.workers, seconds=1.0)
            self.renewed = time.monotonic()

    def _admit(self, present: Mapping[str, Worker]) -> None:
        """Make new workers ready, and refuse those whose environment is another."""
        new = {
            address: worker
            for address, worker in present.items()
            if address not in self.workers and worker.directory not in self.refused
        }
        if not new:
            return
        ours = own_environment()
        for address, theirs in self.link.run(there.describe, on=new, seconds=_WAKING).items():
            problem = (
                f"it does not tell its environment: {theirs}"
                if isinstance(theirs, Exception)
                else difference(ours, theirs)
            )
            if problem:
                self._refuse(new.pop(address), problem)
        problems = self.link.send(self.parcel, new, self._renew)
        fit = [address for address in new if address not in problems]
        words = (self.build, dict(self.parcel.manifest), self._folders(), self._setup(present))
        opened = self.link.spread(there.open_build, *words, on=fit)
        for address, outcome in {**problems, **opened}.items():
            if isinstance(outcome, Exception):
                self._refuse(new[address], f"{type(outcome).__name__}: {outcome}")
            else:
                self.workers[address] = new[address]

    def _refuse(self, worker: Worker, reason: str) -> None:
        self.refused[worker.directory] = f"worker {worker.name}: {reason}"
        logger.warning(
            "a worker of the cluster is refused: %s",
            self.refused[worker.directory],
            type="docent",
            subtype="cluster",
        )

    def _refusal(self) -> str:
        return next(iter(self.refused.values()), "")

    def _order(self, tutorial: Tutorial) -> dict[str, Any]:
        return {
            "source": self._relative(tutorial.source),
            "target_dir": self._relative(tutorial.target_dir),
            "linked": [self._relative(path) for path in self.linked(tutorial)],
            "timeout": self._timeout(tutorial),
        }

    def _setup(self, present: Mapping[str, Worker]) -> dict[str, Any]:
        """See :mod:`sphinx_docent.cluster.server`."""
        reading = self.cluster.reading
        hosts = [worker.host for worker in present.values() for _ in range(worker.threads)]
        jobs = max(map(hosts.count, set(hosts)), default=1)
        return {
            "root": str(self.crew.root),
            "installed": installation_folders(),
            "srcdir": reading.srcdir,
            "confdir": reading.confdir,
            "builder": reading.builder,
            "overrides": {**reading.overrides, "docent_jobs": str(jobs), "docent_scheduler": ""},
            "tags": reading.tags,
            "path": reading.path,
            "made": self._folders(),
            "preload": list(self.crew.preload),
            "chooses": self.cluster.chooses,
            "threads": max((worker.threads for worker in present.values()), default=1),
        }

    def _folders(self) -> list[str]:
        """What builds make within the project."""
        root = self.crew.root
        return [self._relative(path) for path in self.cluster.made if path.is_relative_to(root)]

    def _lane(self, worker: Worker) -> int:
        """The first row of the timeline that is the worker's and free."""
        busy = {lane for _, _, lane, _ in self.running.values()}
        for lane, name in self.lanes.items():
            if name == worker.address and lane not in busy:
                return lane
        self.lanes[len(self.lanes)] = worker.address
        return len(self.lanes) - 1

    def _timeout(self, tutorial: Tutorial) -> float:
        return tutorial.timeout or self.crew.timeout

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.crew.root).as_posix()

    def _failed(self, task: Task, message: str) -> Ended:
        tutorial = self.tutorials[task.index]
        return Ended(tutorial, Result(Status.FAILED, failure=Failure(message, None, message)), None)


def _first_look(link: SchedulerConnection, scheduler: str) -> dict[str, Worker]:
    try:
        workers = link.workers()
    except SchedulerLostError as error:
        raise DocentError(f"docent_scheduler: {scheduler} does not answer ({error})") from None
    if not workers:
        raise DocentError(
            f"docent_scheduler: {scheduler} has no workers: start some with"
            f" 'dask worker {scheduler} --nthreads 1'"
        )
    return workers
