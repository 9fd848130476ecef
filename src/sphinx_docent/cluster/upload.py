"""Sends workers the files of a project that they do not have yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from . import worker as there
from .bundle import Bundle
from .client import SchedulerConnection

_MESSAGE = 16 * 2**20  # bytes of files that are sent at a time


def upload(
    connection: SchedulerConnection,
    bundle: Bundle,
    workers: Collection[str],
    sent: Callable[[], None],
) -> dict[str, Exception]:
    """Send each worker what it lacks.

    :param workers: their addresses.
    :param sent: is called between messages.
    :returns: what went wrong, by the worker's address.
    :raises SchedulerLostError: there is no answer.
    """
    groups: dict[frozenset[str], list[str]] = {}
    problems: dict[str, Exception] = {}
    answers = connection.run(there.lacking, sorted(bundle.digests), on=workers)
    for address, missing in answers.items():
        if isinstance(missing, Exception):
            problems[address] = missing
        else:
            groups.setdefault(frozenset(missing), []).append(address)
    for digests, addresses in groups.items():
        for blobs in _portions(digests, bundle.sources):
            for address, problem in connection.spread(there.keep, blobs, on=addresses).items():
                if isinstance(problem, Exception):
                    problems[address] = problem
            sent()
    return problems


def _portions(digests: Iterable[str], sources: Mapping[str, Path]) -> Iterator[dict[str, bytes]]:
    """The content of files, so much at a time as one message may hold."""
    blobs: dict[str, bytes] = {}
    size = 0
    for digest in sorted(digests):
        blobs[digest] = sources[digest].read_bytes()
        size += len(blobs[digest])
        if size >= _MESSAGE:
            yield blobs
            blobs, size = {}, 0
    if blobs:
        yield blobs
