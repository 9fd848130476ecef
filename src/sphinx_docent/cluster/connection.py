"""Opens a connection to a Dask scheduler, or says in one line why there is none."""

from __future__ import annotations

import contextlib
import json
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import DocentError
from .client import SchedulerConnection

_CONNECTING = 5.0  # seconds


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
        client = _client(Client, address, scheduler)
        try:
            yield SchedulerConnection(client)
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=1)


def _client(kind: Any, address: str, scheduler: str) -> Any:
    try:
        return kind(address, timeout=_CONNECTING, set_as_default=False, name="sphinx-docent")
    except (OSError, TimeoutError, TypeError, ValueError) as error:
        reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
        raise DocentError(
            f"docent_scheduler: no scheduler answers at {scheduler} ({reason[0]})"
        ) from None


def _address(scheduler: str) -> str:
    """A scheduler's address; it can be used with what Dask is configured with.

    :raises DocentError: it cannot.
    """
    address = scheduler if "://" in scheduler else _address_in(scheduler)
    if address.startswith("tls://"):
        _check_certificates(address)
    return address


def _address_in(file: str) -> str:
    """The address that a scheduler file holds."""
    try:
        return str(json.loads(Path(file).read_bytes())["address"])
    except FileNotFoundError:
        raise DocentError(f"docent_scheduler: there is no scheduler file {file}") from None
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DocentError(f"docent_scheduler: {file} is no scheduler file ({error})") from None


def _check_certificates(address: str) -> None:
    from distributed import Security

    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except OSError as error:
        raise DocentError(f"docent_scheduler: distributed.comm.tls: {error}") from None
    if context is None:
        raise DocentError(
            f"docent_scheduler: {address} needs certificates: name them in Dask's"
            " configuration, distributed.comm.tls"
        )


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
