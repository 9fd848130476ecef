"""How tutorials are executed, whoever does it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..model import Tutorial


@dataclass(frozen=True, slots=True)
class ExecutionOptions:
    """How tutorials are executed.

    :param root: the repository's root.
    :param jobs: how many at a time.
    :param timeout: seconds for a tutorial that declares none.
    :param preload: modules that the server loads before it forks.
    :param excluded: folders of the repository that are no one's input, each with a slash at its
        end.
    :param watched: folders and files of distributions that count by content, wherever they lie.
    :param isolation: ``"auto"``, or ``"copy"`` to do without namespaces.
    :param memory: bytes that all that execute at a time may hold together.
    :param peaks: the last known bytes that each tutorial held at most, by path.
    :param thread_limits: variables that we have set to a tutorial's share of the cores.
    """

    root: Path
    jobs: int
    timeout: float
    preload: Sequence[str]
    excluded: tuple[str, ...]
    watched: tuple[str, ...] = ()
    isolation: str = "auto"
    memory: float = math.inf
    peaks: Mapping[str, float] = field(default_factory=dict)
    thread_limits: tuple[str, ...] = ()

    def timeout_of(self, tutorial: Tutorial) -> float:
        """Seconds that a tutorial may take."""
        return tutorial.timeout or self.timeout

    def memory_of(self, tutorial: Tutorial) -> int:
        """Bytes that a tutorial is expected to hold: as it did, or else as it declares."""
        return int(self.peaks.get(tutorial.path, tutorial.memory or 0))
