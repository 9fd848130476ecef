"""Quotes, admonitions and footnotes as Markdown."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes

from .context import Context
from .dispatch import render_blocks, render_headed
from .escaping import escaped
from .inline import render_line
from .layout import quoted


def render_quote(node: nodes.Element, context: Context) -> list[str]:
    return quoted(render_blocks(node.children, replace(context, in_quote=True)))


def render_attribution(node: nodes.Element, context: Context) -> list[str]:
    return [f"— {render_line(node.children, context)}"]


def render_admonition(node: nodes.Element, context: Context) -> list[str]:
    """A quote that begins with the name of its kind, or with the title that it holds."""
    kind = context.admonition_titles.get(type(node).__name__)
    if kind is None:
        return render_quote(node, context)
    inside = replace(context, in_quote=True)
    return quoted(render_headed(f"**{kind}:**", " ", node.children, inside))


def render_footnote(node: nodes.Element, context: Context) -> list[str]:
    labels = [child for child in node.children if isinstance(child, nodes.label)]
    body = [child for child in node.children if child not in labels]
    text = f"[{escaped(''.join(label.astext() for label in labels), in_link=True)}]"
    back = [name for name in map(str, node.get("backrefs", [])) if name in context.anchors]
    if len(back) == 1:
        text = f"[{text}](#{back[0]})"
    elif back:
        text += "".join(f" [{number}](#{name})" for number, name in enumerate(back, 1))
    head = f"**{text}**" if isinstance(node, nodes.citation) else f"<sup>{text}</sup>"
    return render_headed(head, " ", body, context)
