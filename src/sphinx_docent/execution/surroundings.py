"""What surrounds the processes that a server forks: where they run, and who sees what they do.

A server makes its surroundings once, and a place in them for each job. Which there are for
tutorials is chosen in :mod:`.tutorial_surroundings`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Place(Protocol):
    """The surroundings of one process.

    :param fd: to be waited for by the server, which then calls :meth:`drain`; ``None``: nothing.
    """

    fd: int | None

    def drain(self) -> None:
        """Take what waits at ``fd``."""

    def enter(self) -> None:
        """Called in the process, first of all."""

    def carry_out(self) -> dict[str, Any]:
        """What the process is for; its answer is JSON."""

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Called by the server when all that the job has started has ended.

        :param answer: what the process has sent, unchecked.
        :returns: what is to be told of the job's end, in a form that JSON holds.
        """


class Surroundings(Protocol):
    """The surroundings of all processes of a server.

    They are made in the server before it loads anything: it has one thread then.

    :param fd: as that of :class:`Place`.
    """

    fd: int | None

    def drain(self) -> None:
        """Take what waits at ``fd``."""

    def place(self, index: int, slot: int) -> Place:
        """Make a place for a job, before its process is forked."""

    def tidy(self) -> None:
        """Remove what is left of places; called when there is nothing better to do."""


class NoPlace:
    """A place like any other.

    :param carry_out: what the process is for.
    """

    fd: int | None = None

    def __init__(self, carry_out: Callable[[], dict[str, Any]]) -> None:
        self.carry_out = carry_out

    def drain(self) -> None:
        """There is nothing."""

    def enter(self) -> None:
        """Nothing is to be done."""

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Nothing is known beside the answer."""
        return {}


class NoSurroundings:
    """Processes are forked, and no more.

    :param carry_out: what a process does with the job of an index.
    """

    fd: int | None = None

    def __init__(self, carry_out: Callable[[int], dict[str, Any]]) -> None:
        self._carry_out = carry_out

    def drain(self) -> None:
        """There is nothing."""

    def place(self, index: int, slot: int) -> NoPlace:
        """See :class:`NoPlace`."""
        return NoPlace(lambda: self._carry_out(index))

    def tidy(self) -> None:
        """Nothing is left."""
