"""From a resolved doctree to the Markdown of a notebook's cell.

A block function gives a list of Markdown blocks, an inline function one string. Both are looked
up by the names of a node's class and its bases, so that nodes of extensions that may not be
installed can be named too. A node that nobody names gives its children, or its text.

What the two readers ask for beyond GitHub's rules: JupyterLab looks for ``$``, ``\\begin{`` and a
doubled backslash before a bracket ahead of parsing Markdown, and neither knows footnotes,
definition lists or admonitions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from docutils import nodes
from sphinx.locale import admonitionlabels

from .context import Context, is_hidden, named
from .inline import render_image, render_line
from .tables import table_blocks
from .text import (
    code_span,
    escaped,
    fenced,
    joined,
    line_start,
    listed,
    on_one_line,
    quoted,
    wrapped,
)


def to_markdown(
    nodes: Sequence[nodes.Node],
    *,
    heading_level: int,
    resolve_uri: Callable[[nodes.Element], str | None],
    resolve_image: Callable[[nodes.image], str],
) -> str:
    """The nodes as GitHub-flavoured Markdown that Colab and JupyterLab show.

    :param nodes: nodes of a resolved doctree, in order.
    :param heading_level: the level, from 1, of a title among the nodes. The title of a section
        among them is one level deeper, and so on inwards; 6 is the deepest.
    :param resolve_uri: the absolute address of a reference; ``None`` keeps the text alone.
    :param resolve_image: the address of an image, whose ``uri`` counts from the source directory.
    :returns: the Markdown, without a newline at its end; empty if the nodes show nothing.
    """
    return joined(_blocks(nodes, Context(heading_level, resolve_uri, resolve_image)))


def _blocks(children: Iterable[nodes.Node], context: Context) -> list[str]:
    visible = (child for child in children if not is_hidden(child))
    blocks: list[str] = []
    for inline, run in groupby(visible, _line_of):
        if inline:
            text = line_start(render_line(run, context))
            blocks += [text] if text else []
        else:
            blocks += [block for node in run for block in _block(node, context)]
    return blocks


def _line_of(node: nodes.Node) -> int:
    """A number that is the same for nodes of one line, 0 for blocks."""
    in_line = isinstance(node.parent, nodes.TextElement)
    if isinstance(node, nodes.raw) and in_line:
        return 1
    if not isinstance(node, nodes.Text | nodes.Inline) or named(_BLOCKS, node) is not None:
        return 0
    alone = isinstance(node, nodes.image | nodes.reference) and node.parent and not in_line
    return id(node) if alone else 1


def _block(node: nodes.Node, context: Context) -> list[str]:
    render = named(_BLOCKS, node)
    if render is not None and isinstance(node, nodes.Element):
        return render(node, context)
    return _blocks(node.children or [nodes.Text(node.astext())], context)


def _children(node: nodes.Element, context: Context) -> list[str]:
    return _blocks(node.children, context)


def _section(node: nodes.Element, context: Context) -> list[str]:
    return _blocks(node.children, replace(context, level=context.level + 1))


def _title(node: nodes.Element, context: Context) -> list[str]:
    if not isinstance(node.parent, nodes.section | nodes.document | None):
        return _bold(node, context)
    text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", render_line(node.children, context))
    return [f"{'#' * min(context.level, 6)} {text}"] if text else []


def _bold(node: nodes.Element, context: Context) -> list[str]:
    text = wrapped(render_line(node.children, context), "**")
    return [text] if text else []


def _container(node: nodes.Element, context: Context) -> list[str]:
    return (_bold if "sd-card-title" in node["classes"] else _children)(node, context)


def _label(node: nodes.Element, context: Context) -> list[str]:
    """The words of a label that also holds icons."""
    words = [text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw)]
    return _bold(nodes.strong("", "", *(nodes.Text(word) for word in words)), context)


def _caption(node: nodes.Element, context: Context) -> list[str]:
    if isinstance(node.parent, nodes.container):
        return _bold(node, context)
    text = wrapped(render_line(node.children, context), "*")
    return [text] if text else []


def _transition(_node: nodes.Element, _context: Context) -> list[str]:
    return ["---"]


def _quote(node: nodes.Element, context: Context) -> list[str]:
    return quoted(_blocks(node.children, replace(context, in_quote=True)))


def _attribution(node: nodes.Element, context: Context) -> list[str]:
    return [f"— {render_line(node.children, context)}"]


def _admonition(node: nodes.Element, context: Context) -> list[str]:
    """A quote that begins with the name of its kind, or with the title that it holds."""
    kind = admonitionlabels.get(type(node).__name__)
    if kind is None:
        return _quote(node, context)
    inside = replace(context, in_quote=True)
    return quoted(_headed(f"**{kind}:**", " ", node.children, inside))


def _headed(head: str, between: str, children: Sequence[nodes.Node], context: Context) -> list[str]:
    """A head and the children's blocks; a paragraph at their beginning joins the head."""
    shown = [child for child in children if not is_hidden(child)]
    blocks = _blocks(shown, context)
    if head and blocks and isinstance(shown[0], nodes.paragraph | nodes.Text):
        return [f"{head}{between}{blocks[0]}", *blocks[1:]]
    return [block for block in (head, *blocks) if block]


def _footnote(node: nodes.Element, context: Context) -> list[str]:
    labels = [child for child in node.children if isinstance(child, nodes.label)]
    body = [child for child in node.children if child not in labels]
    text = f"[{escaped(''.join(label.astext() for label in labels), in_link=True)}]"
    head = f"**{text}**" if isinstance(node, nodes.citation) else f"<sup>{text}</sup>"
    return _headed(head, " ", body, context)


def _bullet_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _block(item, context)) for item in node.children])


def _enumerated_list(node: nodes.Element, context: Context) -> list[str]:
    end = ")" if node.get("suffix") == ")" else "."
    items = enumerate(node.children, int(node.get("start", 1)))
    return listed([(f"{number}{end}", _block(item, context)) for number, item in items])


def _columns(node: nodes.Element, context: Context) -> list[str]:
    items = [item for column in node.children for part in column.children for item in part.children]
    return listed([("-", _block(item, context)) for item in items])


def _definition_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _definition(item, context)) for item in node.children])


def _definition(item: nodes.Node, context: Context) -> list[str]:
    parts = {kind: [part for part in item.children if isinstance(part, kind)] for kind in _PARTS}
    terms = [text for term in parts[nodes.term] for text in _bold(term, context)]
    kinds = [wrapped(render_line(kind.children, context), "*") for kind in parts[nodes.classifier]]
    body = [child for part in parts[nodes.definition] for child in part.children]
    return _headed(" : ".join([", ".join(terms), *kinds]), "<br>\n", body, context)


_PARTS: tuple[type[nodes.Element], ...] = (nodes.term, nodes.classifier, nodes.definition)


def _field_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _field(field, context)) for field in node.children])


def _field(field: nodes.Node, context: Context) -> list[str]:
    name = render_line(field.children[:1], context)
    body = [child for part in field.children[1:] for child in part.children]
    return _headed(wrapped(f"{name}:", "**"), " ", body, context)


def _option_list(node: nodes.Element, context: Context) -> list[str]:
    return listed([("-", _option(item, context)) for item in node.children])


def _option(item: nodes.Node, context: Context) -> list[str]:
    options = [option for group in item.children[:1] for option in group.children]
    names = ", ".join(code_span(option.astext()) for option in options)
    body = [child for part in item.children[1:] for child in part.children]
    return _headed(names, "<br>\n", body, context)


def _line_block(node: nodes.Element, context: Context) -> list[str]:
    return ["<br>\n".join(_lines(node, context))] if node.children else []


def _lines(block: nodes.Node, context: Context) -> Iterator[str]:
    for line in block.children:
        if isinstance(line, nodes.line_block):
            yield from (f"{'&nbsp;' * 4}{text}" for text in _lines(line, context))
        else:
            yield line_start(render_line(line.children, context)) or "&nbsp;"


def _literal_block(node: nodes.Element, _context: Context) -> list[str]:
    language = str(node.get("language", ""))
    return fenced(node.astext(), "" if language in {"default", "guess", "none"} else language)


def _doctest_block(node: nodes.Element, _context: Context) -> list[str]:
    return fenced(node.astext(), "pycon")


def _production_list(node: nodes.Element, _context: Context) -> list[str]:
    rules = []
    for rule in node.children:
        text = rule.astext().strip()
        name = rule.get("tokenname", "") if isinstance(rule, nodes.Element) else ""
        rules.append(text if "::=" in text or not name else f"{name} ::= {text}")
    return fenced("\n".join(rules))


def _description(node: nodes.Element, context: Context) -> list[str]:
    """The signatures of an object as code, then what is said about it."""
    lines = [child for child in node.children if type(child).__name__ == "desc_signature"]
    domain = str(node.get("domain", ""))
    language = {"py": "python", "js": "javascript", "std": "", "rst": ""}.get(domain, domain)
    signatures = fenced("\n".join(_signature(line) for line in lines), language) if lines else []
    return signatures + _blocks([child for child in node.children if child not in lines], context)


def _signature(node: nodes.Node) -> str:
    parts = [child for child in node.children if not isinstance(child, nodes.reference)]
    multiline = any(type(part).__name__ == "desc_signature_line" for part in parts)
    return ("\n" if multiline else "").join(part.astext() for part in parts)


def _math_block(node: nodes.Element, context: Context) -> list[str]:
    text = re.sub(r"\n\s*\n", "\n\n", node.astext().strip())
    environment = re.match(r"\\begin\{(align|eqnarray|equation|flalign|gather|multline)", text)
    as_it_is = environment or node.get("nowrap") or node.get("no-wrap")
    if not as_it_is:
        parts = [
            rf"\begin{{aligned}}{part}\end{{aligned}}" if r"\\" in part else part
            for part in text.split("\n\n")
        ]
        text = " \\\\\n".join(parts)
        text = rf"\begin{{aligned}}{text}\end{{aligned}}" if len(parts) > 1 else text
        text += rf" \tag{{{node['number']}}}" if node.get("number") else ""
    text = text.replace("\n\n", "\n")
    if context.in_quote:
        # JupyterLab would take the marks of a quote's further lines for a part of the formula.
        return [f"$${on_one_line(text)}$$"] if text else []
    return [f"$$\n{text}\n$$"] if text else []


def _raw_block(node: nodes.Element, _context: Context) -> list[str]:
    text = node.astext().strip()
    text = text if "<pre" in text else re.sub(r"\n\s*\n", "\n", text)
    return [text] if text else []


def _table(node: nodes.Element, context: Context) -> list[str]:
    return table_blocks(
        node,
        inline=lambda children: render_line(children, context),
        blocks=lambda children: joined(_blocks(children, context)),
    )


def _image_block(node: nodes.Element, context: Context) -> list[str]:
    return [render_image(node, context)]


_BLOCKS: Mapping[str, Callable[[nodes.Element, Context], list[str]]] = {
    "Admonition": _admonition,
    "attribution": _attribution,
    "block_quote": _quote,
    "bullet_list": _bullet_list,
    "caption": _caption,
    "centered": _bold,
    "citation": _footnote,
    "container": _container,
    "definition_list": _definition_list,
    "desc": _description,
    "doctest_block": _doctest_block,
    "dropdown_title": _label,
    "enumerated_list": _enumerated_list,
    "field_list": _field_list,
    "footnote": _footnote,
    "hlist": _columns,
    "imgsgnode": _image_block,
    "line_block": _line_block,
    "literal_block": _literal_block,
    "math_block": _math_block,
    "option_list": _option_list,
    "productionlist": _production_list,
    "raw": _raw_block,
    "rubric": _bold,
    "sd_tab_label": _label,
    "section": _section,
    "sidebar": _quote,
    "subtitle": _bold,
    "table": _table,
    "title": _title,
    "topic": _quote,
    "transition": _transition,
    "versionmodified": _children,
}
