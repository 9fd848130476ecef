"""The one room of a build that speaks with Dask.

While a connection is open the process has threads, and must not fork.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import worker as there
from .dispatch import Worker

if TYPE_CHECKING:
    from distributed import Client, Future

_ANSWERING, _WORKING = 5.0, 60.0  # seconds


class SchedulerLostError(Exception):
    """The scheduler does not answer any more."""


class SchedulerConnection:
    """A connection to a scheduler; :func:`.connection.connect` opens one."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._futures: dict[str, Future] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()

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

    def submit(
        self,
        build: str,
        request: Mapping[str, Any],
        key: str,
        worker: Worker,
        devices: Sequence[str],
    ) -> None:
        """Have a tutorial executed; :meth:`next_done` gives its key back."""
        future = self._client.submit(
            there.perform,
            build,
            dict(request),
            key=key,
            workers=[worker.address],
            allow_other_workers=False,
            resources=dict.fromkeys(devices, 1) or None,
            pure=False,
        )
        self._futures[key] = future
        future.add_done_callback(lambda _: self._done.put(key))

    def next_done(self, seconds: float) -> str | None:
        """The key of a tutorial that has ended, waited for at most so long."""
        try:
            return self._done.get(timeout=seconds)
        except queue.Empty:
            return None

    def result(self, key: str) -> dict[str, Any]:
        """What a tutorial that has ended gave.

        :raises Exception: whatever it raised, or Dask instead of it.
        """
        result: dict[str, Any] = self._futures[key].result(timeout=_ANSWERING)
        del self._futures[key]
        return result

    def drop(self, keys: Iterable[str]) -> None:
        """Want nothing more of some tutorials."""
        futures = [self._futures.pop(key) for key in keys if key in self._futures]
        if futures:
            with contextlib.suppress(Exception):
                self._sync(_ANSWERING, self._client.cancel, futures, force=True)

    def _ask(self, seconds: float, function: Callable[..., Any], *words: Any, **named: Any) -> Any:
        try:
            return self._sync(seconds, function, *words, **named)
        except (OSError, TimeoutError, RuntimeError) as error:
            raise SchedulerLostError(str(error)) from error

    def _sync(self, seconds: float, function: Callable[..., Any], *words: Any, **named: Any) -> Any:
        return self._client.sync(function, *words, callback_timeout=seconds, **named)
