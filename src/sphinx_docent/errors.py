"""The error that a person reads: what is wrong, where, and what to do."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from typing import NoReturn

_STORAGE = {
    errno.ENOSPC: "no space is left on the disk: make room, and build again",
    errno.EDQUOT: "your share of the disk is used up: make room, and build again",
    errno.EROFS: "the file system is read-only: build in a copy of the checkout elsewhere",
    errno.EACCES: "permission denied: build in a copy of the checkout that is yours",
    errno.EPERM: "permission denied: build in a copy of the checkout that is yours",
}


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
        _end(str(error))
    except OSError as error:
        words = storage_problem(error)
        if not words:
            raise
        _end(words)


def storage_problem(error: BaseException) -> str:
    """What is wrong with the place that something was to be written to, and what to do.

    :returns: empty if it was something else.
    """
    number = getattr(error, "errno", None)
    told = next((told for known, told in _STORAGE.items() if known == number), "")
    # A process that writes pages for Sphinx hands over no more than the words.
    if not told and "No space left on device" in str(error):
        told = _STORAGE[errno.ENOSPC]
    name = getattr(error, "filename2", None) or getattr(error, "filename", None)
    return f"{name}: {told}" if told and name else told


def _end(message: str) -> NoReturn:
    """End with one line and exit code 2."""
    sys.stdout.flush()
    print(f"\nerror: {message}", file=sys.stderr)
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
