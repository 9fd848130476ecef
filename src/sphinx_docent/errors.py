"""The error that a person reads: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from sphinx.errors import ConfigError


class DocentError(ConfigError):
    """The command or the configuration is wrong; ``sphinx-build`` ends with exit code 2."""


def nearest(name: str, candidates: Iterable[str], count: int = 3) -> list[str]:
    """The candidates that look most like a name.

    A path is compared by its whole and by its last part, so that a file name alone finds it.

    :param count: how many at most.
    :returns: the best first.
    """

    def likeness(candidate: str) -> float:
        parts = (candidate, candidate.rsplit("/", 1)[-1])
        return max(SequenceMatcher(None, name, part).ratio() for part in parts)

    return sorted(candidates, key=lambda candidate: (-likeness(candidate), candidate))[:count]
