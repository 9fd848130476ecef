"""Titles, captions and other words that stand by themselves, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docutils import nodes

from .context import Context
from .dispatch import render_blocks
from .inline import render_line
from .pieces import wrapped


def render_section(node: nodes.Element, context: Context) -> list[str]:
    return render_blocks(node.children, replace(context, level=context.level + 1))


def render_title(node: nodes.Element, context: Context) -> list[str]:
    if not isinstance(node.parent, nodes.section | nodes.document | None):
        return render_bold(node, context)
    text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", render_line(node.children, context))
    return [f"{'#' * min(context.level, 6)} {text}"] if text else []


def render_bold(node: nodes.Element, context: Context) -> list[str]:
    text = wrapped(render_line(node.children, context), "**")
    return [text] if text else []


def render_caption(node: nodes.Element, context: Context) -> list[str]:
    if isinstance(node.parent, nodes.container):
        return render_bold(node, context)
    text = wrapped(render_line(node.children, context), "*")
    return [text] if text else []


def render_label(node: nodes.Element, context: Context) -> list[str]:
    """The words of a label that also holds icons."""
    words = [text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw)]
    return render_bold(nodes.strong("", "", *(nodes.Text(word) for word in words)), context)


def render_container(node: nodes.Element, context: Context) -> list[str]:
    if "sd-card-title" in node["classes"]:
        return render_bold(node, context)
    if node.children and type(node.children[0]).__name__ == "SphinxTabsTablist":
        return _tabs(node.children[0].children, node.children[1:], context)
    return render_children(node, context)


def _tabs(labels: Sequence[nodes.Node], panes: Sequence[nodes.Node], context: Context) -> list[str]:
    """Each pane below its label; sphinx-tabs has all labels first."""
    blocks: list[str] = []
    for label, pane in zip(labels, panes, strict=False):
        if isinstance(label, nodes.Element):
            blocks += render_bold(label, context)
        blocks += render_blocks([pane], context)
    return blocks


def render_children(node: nodes.Element, context: Context) -> list[str]:
    return render_blocks(node.children, context)


def render_transition(_node: nodes.Element, _context: Context) -> list[str]:
    return ["---"]
