"""How workers know that a build goes on: it tells them, and ends if it tells nothing for long."""

from __future__ import annotations

import time
from collections.abc import Callable

_RENEWAL, _LEASE = 5.0, 30.0  # seconds between signs of life, and until a silent build is gone


class Heartbeat:
    """The build's side.

    :param send: tells the workers.
    """

    def __init__(self, send: Callable[[], object]) -> None:
        self._send = send
        self._last = time.monotonic()

    def beat(self) -> None:
        """Tell, if it is time."""
        if time.monotonic() >= self._last + _RENEWAL:
            self._send()
            self._last = time.monotonic()


class Lease:
    """A worker's side."""

    def __init__(self) -> None:
        self._until = 0.0
        self.renew()

    def renew(self) -> None:
        """The build has told that it goes on."""
        self._until = time.monotonic() + _LEASE

    def end(self) -> None:
        """The build has told that it is over."""
        self._until = 0.0

    def is_valid(self) -> bool:
        """Whether the build still wants something."""
        return time.monotonic() < self._until
