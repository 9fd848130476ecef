"""Which workers of a cluster take part in a build: those whose environment is the build's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sphinx.util import logging

from ..execution.options import ExecutionOptions
from . import worker as there
from .bundle import Bundle
from .client import SchedulerConnection
from .dispatch import Worker
from .environment import difference, own_environment
from .options import ClusterOptions
from .project_setup import project_setup
from .upload import upload

logger = logging.getLogger(__name__)

_WAKING = 10.0  # seconds in which a worker loads what it needs


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a worker gets to take part.

    :param build: the build's name.
    """

    build: str
    bundle: Bundle
    cluster: ClusterOptions
    options: ExecutionOptions


class Admission:
    """The workers that take part, and those that are refused.

    :param sent: is called from time to time while much is sent.
    """

    def __init__(
        self, connection: SchedulerConnection, invitation: Invitation, sent: Callable[[], None]
    ) -> None:
        self.workers: dict[str, Worker] = {}
        self._connection = connection
        self._invitation = invitation
        self._sent = sent
        self._refused: dict[str, str] = {}  # why, by directory

    @property
    def refusal(self) -> str:
        """Why the first worker was refused, empty if none was."""
        return next(iter(self._refused.values()), "")

    def admit(self, present: Mapping[str, Worker]) -> None:
        """Make new workers ready, and refuse those that are not fit.

        :param present: all that there are, by address.
        """
        new = {
            address: worker
            for address, worker in present.items()
            if address not in self.workers and worker.directory not in self._refused
        }
        if not new:
            return
        self._compare(new)
        problems = upload(self._connection, self._invitation.bundle, new, self._sent)
        fit = [address for address in new if address not in problems]
        for address, outcome in {**problems, **self._open(fit, present.values())}.items():
            if isinstance(outcome, Exception):
                self.refuse(new[address], f"{type(outcome).__name__}: {outcome}")
            else:
                self.workers[address] = new[address]

    def refuse(self, worker: Worker, reason: str) -> None:
        """Have a worker not take part any more, and say so."""
        self.workers.pop(worker.address, None)
        self._refused[worker.directory] = f"worker {worker.name}: {reason}"
        logger.warning(
            "a worker of the cluster is refused: %s",
            self._refused[worker.directory],
            type="docent",
            subtype="cluster",
        )

    def remove_lost(self, present: Mapping[str, Worker]) -> list[Worker]:
        """The workers that took part, and are not there any more."""
        lost = [a for a, worker in self.workers.items() if present.get(a) != worker]
        return [self.workers.pop(address) for address in lost]

    def _compare(self, new: dict[str, Worker]) -> None:
        """Remove those whose environment is another."""
        ours = own_environment()
        answers = self._connection.run(there.describe, on=new, seconds=_WAKING)
        for address, theirs in answers.items():
            problem = (
                f"it does not tell its environment: {theirs}"
                if isinstance(theirs, Exception)
                else difference(ours, theirs)
            )
            if problem:
                self.refuse(new.pop(address), problem)

    def _open(self, addresses: list[str], present: Iterable[Worker]) -> Mapping[str, object]:
        """Have workers lay the project out; what went wrong, by address."""
        invitation = self._invitation
        setup = project_setup(invitation.cluster, invitation.options, present)
        manifest = dict(invitation.bundle.manifest)
        words = (invitation.build, manifest, setup.to_json())
        return self._connection.spread(there.open_build, *words, on=addresses)
