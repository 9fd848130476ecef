"""What a tutorial's page says about this build, above its text."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from ..model import Action, Result, Step

Notice = tuple[str, ...]
"""A kind, and its words. It is kept with Sphinx's environment, so it is made of plain values."""

SKIPPED, KNOWN, FAILED = "skipped", "known", "failed"


def insert_below_title(doctree: nodes.document, node: nodes.Node) -> None:
    """Put a node at the top of a page, directly below its title."""
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None or title.parent is None:
        doctree.insert(0, node)
    else:
        title.parent.insert(title.parent.index(title) + 1, node)


def notices_of(step: Step, result: Result | None) -> tuple[Notice, ...]:
    """What a page has to say, in order.

    :param result: ``None`` where nothing was produced.
    """
    found: list[Notice] = []
    if step.missing:
        found.append((SKIPPED, *step.missing))
    if result is None or step.action not in (Action.EXECUTE, Action.RESTORE):
        return tuple(found)
    known = step.tutorial.known_failure
    if known is not None and (step.action is Action.RESTORE or result.failure is not None):
        found.append((KNOWN, known.reason, known.issue))
    if result.failure is not None and not result.is_shown:
        found.append((FAILED, result.failure.message))
    return tuple(found)


def insert_notices(doctree: nodes.document, notices: Iterable[Notice]) -> None:
    """Put the notices below the title of a page."""
    for notice in reversed(list(notices)):
        insert_below_title(doctree, _node(*notice))


def _node(kind: str, *words: str) -> nodes.Element:
    if kind == SKIPPED:
        return skip_notice(words)
    if kind == KNOWN:
        return _known_failure_notice(*words)
    text = f"This tutorial failed in this build, so nothing that it gave is shown: {words[0]}"
    paragraph = nodes.paragraph(text, text)
    return nodes.warning("", paragraph, classes=["docent-failed"])


def skip_notice(missing: Iterable[str]) -> nodes.note:
    """Says that a tutorial was not executed, and what it lacked.

    :param missing: names of requirements.
    """
    paragraph = nodes.paragraph("", "This tutorial was not executed in this build: needs ")
    for index, name in enumerate(missing):
        if index:
            paragraph += nodes.Text(", ")
        paragraph += nodes.literal(text=name)
    paragraph += nodes.Text(".")
    return nodes.note("", paragraph, classes=["docent-skipped"])


def _known_failure_notice(reason: str, issue: str) -> nodes.note:
    text = f"This tutorial is known to fail for now: {reason}"
    paragraph = nodes.paragraph(text, text)
    if issue:
        paragraph += nodes.Text(" (")
        is_address = issue.startswith(("https://", "http://"))
        paragraph += nodes.reference("", issue, refuri=issue) if is_address else nodes.Text(issue)
        paragraph += nodes.Text(")")
    return nodes.note("", paragraph, classes=["docent-known-failure"])
