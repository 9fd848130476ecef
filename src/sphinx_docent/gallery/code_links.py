"""The links that sphinx-gallery puts on names in a page's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def disable_code_links(app: Sphinx) -> None:
    """Have the names in code blocks not made links: it warns of nothing, and takes long."""
    transforms = app.registry.post_transforms
    transforms[:] = [
        transform for transform in transforms if not transform.__module__.endswith("_doctree_links")
    ]


def without_code_links(node: nodes.Node) -> nodes.Node:
    """A part of a page in which the code that sphinx-gallery linked is literal blocks again.

    :param node: resolved; it is left as it is.
    """
    if isinstance(node, nodes.Element) and _is_linked_code(node):
        return _plain_code(node)
    if not any(map(_is_linked_code, node.findall(nodes.Element))):
        return node
    plain = node.deepcopy()
    for block in list(filter(_is_linked_code, plain.findall(nodes.Element))):
        block.replace_self(_plain_code(block))
    return plain


def _plain_code(block: nodes.Element) -> nodes.literal_block:
    text = "".join(part.astext() for part in block.children if not _is_line_number(part))
    text = text.rstrip("\n")
    return nodes.literal_block(text, text, language=block["lang"], classes=block["classes"])


def _is_linked_code(node: nodes.Node) -> bool:
    return type(node).__name__ == "code_links_block"


def _is_line_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "linenos" in node["classes"]
