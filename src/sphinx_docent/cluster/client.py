"""The one room of a build that speaks with Dask.

While a connection is open the process has threads, and must not fork.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import queue
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DocentError
from . import worker as there
from .bundle import Bundle
from .dispatch import Worker

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECTING, _ANSWERING, _WORKING = 5.0, 5.0, 60.0  # seconds
_MESSAGE = 16 * 2**20  # bytes of files that are sent at a time


class SchedulerLostError(Exception):
    """The scheduler does not answer any more."""


class SchedulerConnection:
    """A connection to a scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()

    def workers(self) -> dict[str, Worker]:
        """The workers that take tasks now, by address.

        :raises SchedulerLostError: there is no answer.
        """
        identity = self._ask(_ANSWERING, self._client.scheduler.identity, n_workers=-1)
        return {
            address: Worker(
                address=address,
                name=str(facts["name"]),
                host=str(facts["host"]),
                directory=str(facts["local_directory"]),
                threads=int(facts["nthreads"]),
                resources={name: float(units) for name, units in facts["resources"].items()},
            )
            for address, facts in identity["workers"].items()
            if facts["status"] == "running"
        }

    def run(
        self, function: Callable[..., Any], *words: Any, on: Iterable[str], seconds: float = 5.0
    ) -> dict[str, Any]:
        """Call a function in each of some workers.

        :param seconds: after which a worker that hangs is waited for no longer.
        :returns: what it gave, or the exception, by the worker's address.
        :raises SchedulerLostError: there is no answer.
        """

        async def call(address: str) -> Any:
            answer = self._client.run(function, *words, workers=[address], on_error="return")
            try:
                return (await asyncio.wait_for(answer, seconds)).get(address)
            except TimeoutError:
                return TimeoutError(f"no answer in {seconds:g} s")

        async def call_all(addresses: Sequence[str]) -> dict[str, Any]:
            return dict(zip(addresses, await asyncio.gather(*map(call, addresses)), strict=True))

        return dict(self._ask(seconds + _ANSWERING, call_all, list(on)))

    def spread(
        self, function: Callable[..., Any], *words: Any, on: Iterable[str]
    ) -> dict[str, Any]:
        """The same with much data, which goes to the scheduler once."""
        addresses = list(on)
        if not addresses:
            return {}
        options = {"workers": addresses, "on_error": "return"}
        try:
            return dict(self._sync(_WORKING, self._client.run, function, *words, **options))
        except TimeoutError as error:
            return dict.fromkeys(addresses, error)
        except (OSError, RuntimeError) as error:
            raise SchedulerLostError(str(error)) from error

    def send(
        self, parcel: Bundle, to: Collection[str], sent: Callable[[], None]
    ) -> dict[str, Exception]:
        """Send the files that workers do not have yet.

        :param sent: is called after each message.
        :returns: what went wrong, by the worker's address.
        """
        groups: dict[frozenset[str], list[str]] = {}
        problems: dict[str, Exception] = {}
        for address, missing in self.run(there.lacking, sorted(parcel.digests), on=to).items():
            if isinstance(missing, Exception):
                problems[address] = missing
            else:
                groups.setdefault(frozenset(missing), []).append(address)
        for digests, addresses in groups.items():
            for blobs in _portions(digests, parcel.sources):
                for address, problem in self.spread(there.keep, blobs, on=addresses).items():
                    if isinstance(problem, Exception):
                        problems[address] = problem
                sent()
        return problems

    def submit(
        self, build: str, order: Mapping[str, Any], key: str, worker: Worker, devices: Iterable[str]
    ) -> Future:
        """Have a tutorial executed; :meth:`next_done` gives the future back."""
        future = self._client.submit(
            there.perform,
            build,
            dict(order),
            key=key,
            workers=[worker.address],
            allow_other_workers=False,
            resources=dict.fromkeys(devices, 1) or None,
            pure=False,
        )
        future.add_done_callback(self._done.put)
        return future

    def next_done(self, seconds: float) -> Future | None:
        """A task that has ended, waited for at most so long."""
        try:
            return self._done.get(timeout=seconds)
        except queue.Empty:
            return None

    def result(self, future: Future) -> dict[str, Any]:
        """What a task that has ended gave.

        :raises Exception: whatever it raised, or Dask instead of it.
        """
        result: dict[str, Any] = future.result(timeout=_ANSWERING)
        return result

    def drop(self, futures: Iterable[Future]) -> None:
        """Want nothing more of some tasks."""
        with contextlib.suppress(Exception):
            self._sync(_ANSWERING, self._client.cancel, list(futures), force=True)

    def _ask(self, seconds: float, function: Callable[..., Any], *words: Any, **named: Any) -> Any:
        try:
            return self._sync(seconds, function, *words, **named)
        except (OSError, TimeoutError, RuntimeError) as error:
            raise SchedulerLostError(str(error)) from error

    def _sync(self, seconds: float, function: Callable[..., Any], *words: Any, **named: Any) -> Any:
        return self._client.sync(function, *words, callback_timeout=seconds, **named)


@contextlib.contextmanager
def connect(scheduler: str) -> Iterator[SchedulerConnection]:
    """Connect to a scheduler.

    :param scheduler: its address, or the name of its file.
    :raises DocentError: nothing answers, or Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError:
        raise DocentError(
            "docent_scheduler needs Dask: pip install 'sphinx-docent[cluster]', here and on"
            " every worker"
        ) from None
    address = _address(scheduler)
    with _quiet():
        try:
            client = Client(
                address,
                timeout=_CONNECTING,
                set_as_default=False,
                name="sphinx-docent",
            )
        except (OSError, TimeoutError, TypeError, ValueError) as error:
            reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
            raise DocentError(
                f"docent_scheduler: no scheduler answers at {scheduler} ({reason[0]})"
            ) from None
        try:
            yield SchedulerConnection(client)
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=1)


def _address(scheduler: str) -> str:
    """A scheduler's address; it can be used with what Dask is configured with.

    :raises DocentError: it cannot.
    """
    from distributed import Security

    address = scheduler
    if "://" not in scheduler:
        try:
            address = json.loads(Path(scheduler).read_bytes())["address"]
        except FileNotFoundError:
            raise DocentError(f"docent_scheduler: there is no scheduler file {scheduler}") from None
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise DocentError(
                f"docent_scheduler: {scheduler} is no scheduler file ({error})"
            ) from None
    if address.startswith("tls://"):
        try:
            context = Security().get_connection_args("client").get("ssl_context")
        except OSError as error:
            raise DocentError(f"docent_scheduler: distributed.comm.tls: {error}") from None
        if context is None:
            raise DocentError(
                f"docent_scheduler: {address} needs certificates: name them in Dask's"
                " configuration, distributed.comm.tls"
            )
    return str(address)


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


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Have Dask say nothing: what it knows is told by name, in our own words."""
    families = ("distributed", "tornado", "asyncio")
    loggers = [
        logging.getLogger(name)
        for name in [*families, *logging.Logger.manager.loggerDict]
        if name.partition(".")[0] in families
    ]
    levels = {logger: logger.level for logger in loggers}
    try:
        for logger in levels:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)
