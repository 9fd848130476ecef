"""What the workers of a cluster lack that tutorials need; and that there are workers at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..errors import DocentError
from ..machine.requirements import Probe, missing_here
from .client import SchedulerConnection, SchedulerLostError
from .connection import connect
from .dispatch import Worker


def missing_on_cluster(
    names: Iterable[str], probes: Mapping[str, Probe], devices: Collection[str], scheduler: str
) -> frozenset[str]:
    """The requirements that no worker meets: devices that none declares, and packages, of which
    the workers have the same as we have.

    :raises DocentError: the scheduler does not answer.
    """
    wanted = set(names)
    lacking = missing_here(wanted.difference(devices), probes)
    needed = wanted.intersection(devices)
    if not needed:
        return lacking
    with connect(scheduler) as connection:
        workers = present_workers(connection, scheduler)
    return lacking | {name for name in needed if not any(w.has([name]) for w in workers.values())}


def present_workers(connection: SchedulerConnection, scheduler: str) -> dict[str, Worker]:
    """The workers that there are, by address.

    :param scheduler: as it was configured.
    :raises DocentError: there is none.
    """
    try:
        workers = connection.workers()
    except SchedulerLostError as error:
        raise DocentError(f"docent_scheduler: {scheduler} does not answer ({error})") from None
    if not workers:
        raise DocentError(
            f"docent_scheduler: {scheduler} has no workers: start some with"
            f" 'dask worker {scheduler} --nthreads 1'"
        )
    return workers
