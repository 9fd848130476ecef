"""What ``conf.py`` says of tutorials whose own comments do not say it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..model import KnownFailure, Tutorial
from .selection import check_pattern

REQUIRES = "docent_requires"
KNOWN_FAILURES = "docent_known_failures"


@dataclass(frozen=True, slots=True)
class Declarations:
    """What holds for the tutorials that a pattern finds.

    :param requires: names of requirements, each list with the pattern of its tutorials.
    :param known_failures: of several that fit a tutorial, the first holds.
    """

    requires: Sequence[tuple[re.Pattern[str], Sequence[str]]] = ()
    known_failures: Sequence[KnownFailure] = ()

    def check(self, paths: Sequence[str]) -> None:
        """See that every pattern finds something.

        :param paths: of all tutorials.
        :raises DocentError: one matches none.
        """
        for pattern, _ in self.requires:
            check_pattern(pattern, paths, REQUIRES)
        for known in self.known_failures:
            check_pattern(known.pattern, paths, KNOWN_FAILURES)

    def apply(self, tutorial: Tutorial) -> Tutorial:
        """A tutorial with what is declared of it."""
        path = tutorial.path
        more = {name for pattern, names in self.requires if pattern.search(path) for name in names}
        known = next((entry for entry in self.known_failures if entry.pattern.search(path)), None)
        requires = tuple(sorted({*tutorial.requires, *more}))
        return replace(tutorial, requires=requires, known_failure=known)


def overdue(known_failures: Iterable[KnownFailure], today: date) -> list[KnownFailure]:
    """The entries whose last day is past."""
    return [entry for entry in known_failures if entry.until is not None and entry.until < today]
