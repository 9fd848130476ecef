"""Lists of all kinds as Markdown, which knows two."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from .context import Context
from .dispatch import render_block, render_headed
from .escaping import code_span, line_start
from .headings import render_bold
from .inline import render_line
from .layout import listed
from .pieces import wrapped

_PARTS: tuple[type[nodes.Element], ...] = (nodes.term, nodes.classifier, nodes.definition)


def render_bullet_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", render_block(item, context)) for item in node.children])


def render_enumerated_list(node: nodes.Element, context: Context) -> list[str]:
    end = ")" if node.get("suffix") == ")" else "."
    items = enumerate(node.children, int(node.get("start", 1)))
    return listed([(f"{number}{end}", render_block(item, context)) for number, item in items])


def render_columns(node: nodes.Element, context: Context) -> list[str]:
    items = [item for column in node.children for part in column.children for item in part.children]
    return listed([("-", render_block(item, context)) for item in items])


def render_definition_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _definition(item, context)) for item in node.children])


def _definition(item: nodes.Node, context: Context) -> list[str]:
    parts = {kind: [part for part in item.children if isinstance(part, kind)] for kind in _PARTS}
    terms = [
        f"{context.anchor(term)}{text}"
        for term in parts[nodes.term]
        for text in render_bold(term, context)
    ]
    kinds = [wrapped(render_line(kind.children, context), "*") for kind in parts[nodes.classifier]]
    body = [child for part in parts[nodes.definition] for child in part.children]
    return render_headed(" : ".join([", ".join(terms), *kinds]), "<br>\n", body, context)


def render_field_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _field(field, context)) for field in node.children])


def _field(field: nodes.Node, context: Context) -> list[str]:
    name = render_line(field.children[:1], context)
    body = [child for part in field.children[1:] for child in part.children]
    return render_headed(wrapped(f"{name}:", "**"), " ", body, context)


def render_option_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _option(item, context)) for item in node.children])


def _option(item: nodes.Node, context: Context) -> list[str]:
    options = [option for group in item.children[:1] for option in group.children]
    names = ", ".join(code_span(option.astext()) for option in options)
    body = [child for part in item.children[1:] for child in part.children]
    return render_headed(names, "<br>\n", body, context)


def render_line_block(node: nodes.Element, context: Context) -> list[str]:
    return ["<br>\n".join(_lines(node, context))] if node.children else []


def _lines(block: nodes.Node, context: Context) -> Iterator[str]:
    for line in block.children:
        if isinstance(line, nodes.line_block):
            yield from (f"{'&nbsp;' * 4}{text}" for text in _lines(line, context))
        else:
            yield line_start(render_line(line.children, context)) or "&nbsp;"
