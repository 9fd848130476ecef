"""What a tutorial's page says about this build, above its text."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes


def insert_below_title(doctree: nodes.document, node: nodes.Node) -> None:
    """Put a node at the top of a page, directly below its title."""
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None or title.parent is None:
        doctree.insert(0, node)
    else:
        title.parent.insert(title.parent.index(title) + 1, node)


def skip_notice(missing: Sequence[str]) -> nodes.note:
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
