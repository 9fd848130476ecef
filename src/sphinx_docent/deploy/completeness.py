"""What a site lacks to be a complete one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..built_site.build_info import BuildInfo


def reasons_against(facts: BuildInfo) -> list[str]:
    """The reasons against publishing a site; none if it is complete.

    It is if a full build found no problem, and every tutorial was executed or skipped for a
    requirement that the machine did not meet.
    """
    reasons = []
    if facts.selection != "all":
        asked = " ".join(facts.selection.split())
        reasons.append(f"not built by docs_full (executed: {asked})")
    if facts.problems:
        reasons.append(f"its build found {_count(facts.problems, 'problem')}")
    for status, word in (("failed", "failed"), ("not run", "not executed")):
        pages = sorted(page for page, (was, _) in facts.tutorials.items() if was == status)
        if pages:
            reasons.append(f"{_count(len(pages), 'tutorial')} {word}: {_some(pages)}")
    return reasons


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _some(pages: Sequence[str], count: int = 3) -> str:
    more = [f"and {len(pages) - count} more"] if len(pages) > count else []
    return ", ".join([*pages[:count], *more])
