"""Which places of a page its own text leads to: they are marked in the notebook."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

_REFERENCES = (nodes.reference, nodes.footnote_reference, nodes.citation_reference)


def inner_targets(doctree: nodes.document, page_uri: str) -> frozenset[str]:
    """The ids of a page that it refers to itself, and that its notebook has.

    :param page_uri: the page's address, as its own references may have it.
    """
    wanted: set[str] = set()
    for node in doctree.findall(nodes.Element):
        if isinstance(node, _REFERENCES):
            wanted.add(inner_target(node, page_uri))
        elif isinstance(node, nodes.footnote | nodes.citation):
            wanted.update(node.get("backrefs", []))
    return frozenset(wanted.intersection(_ids(doctree)))


def inner_target(reference: nodes.Element, page_uri: str) -> str:
    """The id on the same page that a reference leads to; empty if it leads elsewhere."""
    if reference.get("refid"):
        return str(reference["refid"])
    page, _, name = str(reference.get("refuri") or "").partition("#")
    return name if page in ("", page_uri) else ""


def _ids(parent: nodes.Element) -> Iterator[str]:
    """The ids of all that a notebook shows."""
    yield from map(str, parent.get("ids", []))
    for node in parent.children:
        if isinstance(node, nodes.Element) and not _is_of_page(node):
            yield from _ids(node)


def _is_of_page(node: nodes.Element) -> bool:
    return bool({"sphx-glr-timing", "sphx-glr-footer"}.intersection(node.get("classes", [])))
