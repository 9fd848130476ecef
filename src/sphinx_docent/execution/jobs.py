"""What is carried out, each in a process of its own, and what is told of it.

The server (:mod:`sphinx_docent.execution.server`) sends events to whoever has started it, a line
of JSON each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypedDict


@dataclass(frozen=True, slots=True)
class Job:
    """One tutorial to execute, or one notebook.

    :param token: by which its processes are known.
    :param timeout: seconds.
    :param memory: bytes that it is expected to hold, 0 where nothing is known.
    """

    token: str
    timeout: float
    memory: int = 0


class JobStarted(TypedDict):
    """A job's process has begun; ``slot`` says which of the places that it runs in, from 0."""

    event: Literal["started"]
    index: int
    slot: int
    pid: int


class JobEnded(TypedDict):
    """A job's process is gone.

    ``answer`` is what it has sent, unchecked, ``None`` if that is no object of JSON; ``late`` is
    whether it was ended because it took too long; ``code`` its exit code, negative for a signal;
    ``peak`` the bytes that it held at most; ``problem`` why it has no answer, as it said itself;
    ``tail`` the end of what it has printed; ``place`` what its
    :class:`~.surroundings.Place` tells; ``details`` what the :class:`JobSource` adds.
    """

    event: Literal["ended"]
    index: int
    elapsed: float
    answer: dict[str, Any] | None
    late: bool
    code: int
    peak: int
    problem: str
    tail: str
    place: dict[str, Any]
    details: dict[str, Any]


JobEvent = JobStarted | JobEnded


class JobSource(Protocol):
    """Brings jobs while the server runs, and adds to what is told of their ends."""

    def job(self, message: dict[str, Any]) -> Job:
        """The job that a message asks for."""

    def details(self, index: int) -> dict[str, Any]:
        """What is to be told of a job that has ended, beside what the server knows."""
