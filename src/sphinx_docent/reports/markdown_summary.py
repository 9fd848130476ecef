"""A report as Markdown, for the places where CI services show it: a page of a run, a comment. Pure.

What a tutorial raised or a page is called is shown as text, whatever it holds: it makes no link,
no mention and no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..printable import printable_line

SHOWN = 20
"""How many things of a kind are listed."""


def markdown_summary(report: Mapping[str, Any]) -> str:
    """What a build did, and what is wrong.

    :param report: the content of ``report.json``.
    """
    totals = report["totals"]
    what = f"{as_text(report['builder'])} of {as_text(report['project'])}"
    shard = f", part {as_text(report['shard'])}" if report.get("shard") else ""
    verdict = "all is well"
    if totals["failed"] or totals["diagnostics"]:
        failed = _count(totals["failed"], "tutorial")
        verdict = f"{failed} failed, {_count(totals['diagnostics'], 'problem')}"
    counts = ", ".join(
        f"{totals[action]} {word}"
        for action, word in (
            ("execute", "executed"),
            ("restore", "restored"),
            ("skip", "skipped"),
            ("render", "not executed"),
        )
        if totals[action]
    )
    lines = [f"### {what}{shard}: {verdict}", "", f"{_count(totals['tutorials'], 'tutorial')}"]
    lines[-1] += f": {counts}; {report['seconds']:.0f} s" if counts else ""
    return "\n".join([*lines, *_failures(report), *_diagnostics(report), *_slowest(report)]) + "\n"


def as_text(text: object) -> str:
    """A text that Markdown shows as it is, in one line."""
    line = printable_line(str(text)).replace("`", "'")
    return f"`{line}`" if line else ""


def listed(names: Sequence[str]) -> Iterator[str]:
    """A list, cut where it is long."""
    yield from (f"- {name}" for name in names[:SHOWN])
    if len(names) > SHOWN:
        yield f"- and {len(names) - SHOWN} more"


def _failures(report: Mapping[str, Any]) -> Iterator[str]:
    failed = [entry for entry in report["tutorials"] if entry.get("failure")]
    if failed:
        yield from ("", "**Failed**", "")
    yield from listed([_failure(entry) for entry in failed])


def _failure(entry: Mapping[str, Any]) -> str:
    failure = entry["failure"]
    line = f":{failure['line']}" if failure.get("line") else ""
    return f"{as_text(entry['path'] + line)}: {as_text(failure['message'])}"


def _diagnostics(report: Mapping[str, Any]) -> Iterator[str]:
    if report["diagnostics"]:
        yield from ("", "**Problems**", "")
    yield from listed(
        [
            f"{as_text('{file}:{line}'.format(**found))}: {as_text(found['message'])}"
            for found in report["diagnostics"]
        ]
    )


def _slowest(report: Mapping[str, Any], count: int = 5) -> Iterator[str]:
    executed = [entry for entry in report["tutorials"] if entry["action"] == "execute"]
    slowest = sorted(executed, key=lambda entry: -float(entry["seconds"]))[:count]
    if slowest:
        yield from ("", "| tutorial | seconds |", "|---|---|")
    for entry in slowest:
        yield f"| {re.sub('[|]', '/', as_text(entry['path']))} | {entry['seconds']:.1f} |"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"
