"""What a site lacks to be a complete one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..built_site.build_info import AS_CONFIGURED, BuildInfo


def reasons_against(facts: BuildInfo) -> list[str]:
    """The reasons against publishing a site; none if it is complete.

    It is if its build found no problem, and every tutorial was executed, or skipped for a
    requirement that the machine did not meet, or is one that the project itself never executes.
    """
    reasons = []
    pages = facts.tutorials.items()
    failed = sorted(page for page, (status, _) in pages if status == "failed")
    unexecuted = sorted(
        page
        for page, (status, reason) in pages
        if status == "not run" and not (facts.selection == AS_CONFIGURED and reason)
    )
    if unexecuted and facts.selection not in ("all", AS_CONFIGURED):
        asked = " ".join(facts.selection.split())
        reasons.append(f"not built by docs_full (executed: {asked})")
    if facts.problems:
        reasons.append(f"its build found {_count(facts.problems, 'problem')}")
    for named, word in ((failed, "failed"), (unexecuted, "not executed")):
        if named:
            reasons.append(f"{_count(len(named), 'tutorial')} {word}: {_some(named)}")
    return reasons


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _some(pages: Sequence[str], count: int = 3) -> str:
    more = [f"and {len(pages) - count} more"] if len(pages) > count else []
    return ", ".join([*pages[:count], *more])
