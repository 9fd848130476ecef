"""What is wrong in the documentation now, though only the changed pages were looked at. Pure.

Sphinx prints a page's warnings only when it reads or writes that page. Those of reading are kept
page by page, and go when the page is read again; those of resolving and writing likewise, and go
when it is resolved again. So an incremental build fails for the same reasons as a clean one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from ..model import Diagnostic

NOWHERE = ""
"""Stands for the page of a warning that names none."""


class Phase(Enum):
    """When a warning came."""

    SETUP = auto()
    READING = auto()
    CHECKING = auto()
    """What is wrong between pages."""
    RESOLVING = auto()
    """And writing."""


@dataclass(frozen=True, slots=True)
class SeenWarning:
    """A warning of this build.

    :param pages: that it belongs to.
    :param breaks_build: whether no build may pass over it.
    """

    diagnostic: Diagnostic
    phase: Phase
    pages: tuple[str, ...] = ()
    breaks_build: bool = False


@dataclass(frozen=True, slots=True)
class KeptDiagnostics:
    """What is kept of checking, resolving and writing, from build to build.

    :param targets: digest of the targets in the last build.
    :param checked: the same, in the last build that looked at every page.
    :param complete: whether the last build came to its end.
    :param pages: of every page that was resolved; none where nothing is wrong.
    """

    targets: str = ""
    checked: str = ""
    complete: bool = False
    consistency: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


def pages_to_read_again(included: Mapping[str, Iterable[str]], removed: Iterable[str]) -> set[str]:
    """Pages whose old warnings can't be told from new ones unless they are read again.

    What belongs to no page comes from no page: it is found whenever pages are read.

    :param included: the pages in each page's tables of contents.
    """
    gone = set(removed)
    return {page for page, listed in included.items() if gone & set(listed)}


def pages_to_resolve_again(
    kept: KeptDiagnostics, targets: str, all_pages: Iterable[str], *, thorough: bool
) -> list[str]:
    """Pages whose warnings of resolving may have changed.

    :param targets: digest of everything that references can lead to.
    :param thorough: whether pages without a warning matter: theirs may now lead nowhere.
    """
    present = set(all_pages)
    if not kept.complete or (thorough and kept.checked != targets):
        return sorted(present)
    pages = present - set(kept.pages)
    if kept.targets != targets:
        pages.update(page for page, found in kept.pages.items() if found)
    return sorted(pages & present)


def begin_resolving(kept: KeptDiagnostics, targets: str, *, thorough: bool) -> KeptDiagnostics:
    """What is certain until the build has come to its end."""
    checked = targets if thorough else kept.checked
    return replace(kept, targets=targets, checked=checked, complete=False)


def end_resolving(
    kept: KeptDiagnostics,
    seen: Iterable[SeenWarning],
    resolved: Collection[str],
    all_pages: Collection[str],
    *,
    checked_consistency: bool,
) -> KeptDiagnostics:
    """What the next build has to know.

    :param resolved: the pages that were resolved in this build.
    :param checked_consistency: whether this build looked at what is wrong between pages.
    """
    seen = list(seen)
    pages = {page: list(found) for page, found in kept.pages.items()}
    pages |= {page: [] for page in resolved}
    for warning in _of(Phase.RESOLVING, seen):
        for page in warning.pages:
            pages.setdefault(page, []).append(warning.diagnostic)
    consistency = tuple(warning.diagnostic for warning in _of(Phase.CHECKING, seen))
    return replace(
        kept,
        complete=NOWHERE not in pages,
        consistency=consistency if checked_consistency else kept.consistency,
        pages={page: tuple(found) for page, found in pages.items() if page in all_pages},
    )


def all_diagnostics(
    kept: KeptDiagnostics,
    seen: Sequence[SeenWarning],
    reading: Mapping[str, Iterable[Diagnostic]],
) -> list[Diagnostic]:
    """Everything that is known to be wrong, sorted, each once.

    :param kept: after resolving has ended.
    :param reading: the warnings of reading, by page.
    """
    of_no_page = (w.diagnostic for w in _of(Phase.RESOLVING, seen) if NOWHERE in w.pages)
    return sorted(
        {
            *(warning.diagnostic for warning in _of(Phase.SETUP, seen)),
            *(found for page in reading.values() for found in page),
            *kept.consistency,
            *(found for page in kept.pages.values() for found in page),
            *of_no_page,
        }
    )


def _of(phase: Phase, seen: Iterable[SeenWarning]) -> list[SeenWarning]:
    return [warning for warning in seen if warning.phase is phase]
