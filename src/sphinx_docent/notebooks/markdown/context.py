"""What decides about a node's Markdown beside the node: its surroundings, and its kind's name."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from docutils import nodes

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Context:
    """What a node's surroundings decide about its Markdown.

    :param level: of a title, from 1.
    :param admonition_titles: the words that stand for a kind of admonition, by its node's name.
    :param renderers: of blocks, by the name of a node's class or of one of its bases.
    :param anchors: the ids that the text leads to.
    :param draw: what is to be shown of a node that nobody here knows; ``None`` for its words.
    :param expand: a formula without macros of the site.
    :param language: of literal blocks that name none.
    """

    level: int
    resolve_uri: Callable[[nodes.Element], str | None]
    resolve_image: Callable[[nodes.image], str]
    admonition_titles: Mapping[str, str]
    renderers: Mapping[str, BlockRenderer]
    anchors: Collection[str] = ()
    draw: Callable[[nodes.Element], str | None] = lambda _: None
    expand: Callable[[str], str] = lambda latex: latex
    language: str = ""
    in_link: bool = False
    in_quote: bool = False

    def anchor(self, node: nodes.Node) -> str:
        """Marks the node as a place that links of the notebook lead to, if any does.

        Colab looks for a name, JupyterLab for an id.
        """
        names = map(str, node.get("ids", ()) if isinstance(node, nodes.Element) else ())
        wanted = [html.escape(name) for name in names if name in self.anchors]
        return "".join(f'<a id="{name}" name="{name}"></a>' for name in wanted)

    def uri(self, node: nodes.Node) -> str:
        """Where the reference leads: nowhere, if it stands in another link."""
        if self.in_link or named(_REFERENCES, node) is None:
            return ""
        return (self.resolve_uri(node) if isinstance(node, nodes.Element) else None) or ""


BlockRenderer = Callable[[nodes.Element, Context], list[str]]
"""Gives the Markdown blocks of a node."""

_REFERENCES = {"reference": True, "download_reference": True}


def named(table: Mapping[str, _T], node: nodes.Node) -> _T | None:
    names = (cls.__name__ for cls in type(node).__mro__)
    return next((table[name] for name in names if name in table), None)


def is_hidden(node: nodes.Node) -> bool:
    if isinstance(node, nodes.raw):
        return "html" not in str(node.get("format", "")).split()
    if isinstance(node, nodes.Element) and "toctree-wrapper" in node["classes"]:
        return True
    return type(node).__name__ in _HIDDEN


_HIDDEN = {
    "comment",
    "highlightlang",
    "index",
    "meta",
    "pending",
    "sd_tab_input",
    "substitution_definition",
    "system_message",
    "tabular_col_spec",
    "toctree",
}
