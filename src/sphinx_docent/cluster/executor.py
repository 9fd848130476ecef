"""Has tutorials executed by the workers of a Dask cluster, and tells how each ended.

Tells it as :mod:`sphinx_docent.execution.executor` does, so that nobody else knows where they ran.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..cache.page_writer import write_files
from ..errors import DocentError
from ..execution.options import ExecutionOptions
from ..execution.outcomes import Ended, Started, never_ran, outcome_of
from ..model import Tutorial
from . import worker as there
from .admission import Admission, Invitation
from .bundle import pack_project
from .client import SchedulerConnection, SchedulerLostError
from .connection import connect
from .dispatch import LOSSES, Task
from .lease import Heartbeat
from .options import ClusterOptions
from .project_setup import request_for
from .reply import Executed, Lost, Unfit, read_reply
from .requirements import present_workers
from .tasks import Assignment, TaskBoard

_LOOK = 0.5  # seconds between two looks at the workers


def execute_on_cluster(
    cluster: ClusterOptions,
    tutorials: Sequence[Tutorial],
    options: ExecutionOptions,
    linked: Callable[[Tutorial], tuple[Path, ...]],
) -> Iterator[Started | Ended]:
    """Execute tutorials; yields as each begins and ends.

    :param linked: other tutorials of a tutorial's folder.
    :raises DocentError: there is no scheduler, or no worker that is fit.
    """
    with connect(cluster.scheduler) as connection:
        build = uuid.uuid4().hex[:12]
        bundle = pack_project(options.root, cluster.made, cluster.declared)
        run = _Run(connection, Invitation(build, bundle, cluster, options), tutorials, linked)
        try:
            yield from run.events()
        finally:
            run.close()


class _Run:
    """One build's tutorials on a cluster, from the first that is handed out to the last's end."""

    def __init__(
        self,
        connection: SchedulerConnection,
        invitation: Invitation,
        tutorials: Sequence[Tutorial],
        linked: Callable[[Tutorial], tuple[Path, ...]],
    ) -> None:
        self.connection = connection
        self.invitation = invitation
        self.tutorials = tutorials
        self.linked = linked
        devices = invitation.cluster.devices
        tasks = [
            Task(
                index,
                tuple(name for name in tutorial.requires if name in devices),
                alone=tutorial.alone,
            )
            for index, tutorial in enumerate(tutorials)
        ]
        self.board = TaskBoard(tasks, invitation.build, time.monotonic())
        self.heartbeat = Heartbeat(self.renew)
        self.admission = Admission(connection, invitation, self.heartbeat.beat)
        self.looked = time.monotonic()

    def events(self) -> Iterator[Started | Ended]:
        scheduler = self.invitation.cluster.scheduler
        try:
            self.admission.admit(present_workers(self.connection, scheduler))
            if not self.admission.workers:
                raise DocentError(f"docent_scheduler: no worker is fit: {self.admission.refusal}")
            while not self.board.is_empty:
                yield from self.hand_out()
                key = self.connection.next_done(_LOOK)
                assignment = self.board.find(key) if key is not None else None
                if assignment is not None:
                    yield from self.take(assignment)
                if time.monotonic() >= self.looked + _LOOK:
                    yield from self.look()
        except SchedulerLostError:
            self.admission.workers.clear()
            for task in self.board.clear():
                yield never_ran(
                    self.tutorials[task.index], f"the scheduler at {scheduler} was lost"
                )

    def close(self) -> None:
        """End what still runs, and what was laid out for it."""
        try:
            self.connection.drop(self.board.running)
            self.connection.run(there.close_build, self.invitation.build, on=self.admission.workers)
        except SchedulerLostError:
            pass  # its workers end this by themselves

    def renew(self) -> None:
        """Have the workers know that the build goes on."""
        self.connection.run(
            there.renew, self.invitation.build, on=self.admission.workers, seconds=1.0
        )

    def hand_out(self) -> Iterator[Started]:
        options = self.invitation.options
        for assignment in self.board.assign(self.admission.workers.values()):
            tutorial, worker = self.tutorials[assignment.task.index], assignment.worker
            request = request_for(tutorial, self.linked(tutorial), options)
            devices = assignment.task.devices
            self.connection.submit(self.invitation.build, request, assignment.key, worker, devices)
            yield Started(tutorial, assignment.row, worker.name)

    def take(self, assignment: Assignment) -> Iterator[Ended]:
        """Take what has come of a tutorial."""
        tutorial = self.tutorials[assignment.task.index]
        try:
            reply = read_reply(self.connection.result(assignment.key), tutorial.source.stem)
        except Exception as error:
            yield from self.lose(assignment.key, f"{type(error).__name__}: {error}")
            return
        match reply:
            case Executed(event, files):
                self.board.finish(assignment.key)
                write_files(files, tutorial.target_dir)
                yield outcome_of(tutorial, event, self.invitation.options)
            case Unfit(reason):
                if assignment.worker.address in self.admission.workers:
                    words = f"it cannot read the configuration: {reason}"
                    self.admission.refuse(assignment.worker, words)
                yield from self.lose(assignment.key)
            case Lost():
                yield from self.lose(assignment.key)

    def lose(self, key: str, error: str = "") -> Iterator[Ended]:
        """Have a tutorial executed once more, unless that was tried often enough."""
        self.connection.drop([key])
        task = self.board.lose(key)
        if task is not None:
            words = f"its worker was lost {LOSSES} times"
            message = f"{words}; the last: {error}" if error else words
            yield never_ran(self.tutorials[task.index], message)

    def look(self) -> Iterator[Ended]:
        """See which workers are lost and which are new."""
        present, now = self.connection.workers(), time.monotonic()
        for worker in self.admission.remove_lost(present):
            for key in self.board.keys_of(worker):
                yield from self.lose(key)
        self.admission.admit(present)
        self.heartbeat.beat()
        for task in self.board.give_up(list(self.admission.workers.values()), now):
            devices = " and ".join(f"`{name}`" for name in task.devices)
            reason = f"no worker with {devices} is left" if devices else "no worker is left"
            yield never_ran(self.tutorials[task.index], f"{reason}{self.admission.refusal}")
        self.looked = time.monotonic()
