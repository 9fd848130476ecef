"""The error that a person reads: what is wrong, where, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher


class DocentError(Exception):
    """The command or the configuration is wrong: the build ends with one line and exit code 2."""


@contextmanager
def one_line() -> Iterator[None]:
    """End the command at a person's error; Sphinx would print a report with a traceback.

    :raises SystemExit: with exit code 2, after one line on the error stream.
    """
    try:
        yield
    except DocentError as error:
        sys.stdout.flush()
        print(f"\nerror: {error}", file=sys.stderr)
        raise SystemExit(2) from None


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
