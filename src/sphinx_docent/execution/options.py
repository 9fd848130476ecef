"""How tutorials are executed, whoever does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    root: Path
    jobs: int
    timeout: float
    preload: Sequence[str]
    excluded: tuple[str, ...]

    def timeout_of(self, tutorial: Tutorial) -> float:
        """Seconds that a tutorial may take."""
        return tutorial.timeout or self.timeout
