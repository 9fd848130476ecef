"""Finds the function that renders a node, by the names of its class and of its bases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from docutils import nodes

from .context import Context, is_hidden, named
from .escaping import line_start
from .inline import is_to_be_drawn, render_line


def render_blocks(children: Iterable[nodes.Node], context: Context) -> list[str]:
    """The blocks of some nodes; what stands in one line is one block."""
    visible = (child for child in children if not is_hidden(child))
    blocks: list[str] = []
    for inline, run in groupby(visible, lambda node: _line_of(node, context)):
        if inline:
            text = line_start(render_line(run, context))
            blocks += [text] if text else []
        else:
            blocks += [block for node in run for block in render_block(node, context)]
    return blocks


def _line_of(node: nodes.Node, context: Context) -> int:
    """A number that is the same for nodes of one line, 0 for blocks."""
    in_line = isinstance(node.parent, nodes.TextElement)
    if isinstance(node, nodes.raw) and in_line:
        return 1
    if is_to_be_drawn(node):
        return int(in_line)
    if (
        not isinstance(node, nodes.Text | nodes.Inline)
        or named(context.renderers, node) is not None
    ):
        return 0
    alone = isinstance(node, nodes.image | nodes.reference) and node.parent and not in_line
    return id(node) if alone else 1


def render_block(node: nodes.Node, context: Context) -> list[str]:
    """The blocks of one node, with its anchor."""
    blocks = _blocks_of(node, context)
    anchor = context.anchor(node)
    if not anchor:
        return blocks
    if blocks and isinstance(node, nodes.paragraph | nodes.footnote | nodes.citation):
        return [f"{anchor}{blocks[0]}", *blocks[1:]]
    return [anchor, *blocks]


def _blocks_of(node: nodes.Node, context: Context) -> list[str]:
    """What its renderer gives; of its children, or its text, if nobody names it."""
    render = named(context.renderers, node)
    if render is not None and isinstance(node, nodes.Element):
        return render(node, context)
    if is_to_be_drawn(node) and isinstance(node, nodes.Element):
        drawn = context.draw(node)
        return [drawn] if drawn else []
    return render_blocks(node.children or [nodes.Text(node.astext())], context)


def render_headed(
    head: str, between: str, children: Sequence[nodes.Node], context: Context
) -> list[str]:
    """A head and the children's blocks; a paragraph at their beginning joins the head."""
    shown = [child for child in children if not is_hidden(child)]
    blocks = render_blocks(shown, context)
    if head and blocks and isinstance(shown[0], nodes.paragraph | nodes.Text):
        return [f"{head}{between}{blocks[0]}", *blocks[1:]]
    return [block for block in (head, *blocks) if block]
