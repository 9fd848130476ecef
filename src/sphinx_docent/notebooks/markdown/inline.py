"""What stands inside of a line, as Markdown: one string for a run of nodes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from docutils import nodes

from .context import Context, is_hidden, named
from .escaping import alternative, code_span, destination, escaped, on_one_line, verbatim
from .pieces import Piece, assembled


def _inlines(children: Iterable[nodes.Node], context: Context) -> str:
    pieces: list[Piece] = []
    for plain, run in groupby(_leaves(children, context), lambda n: isinstance(n, nodes.Text)):
        if plain:
            text = "".join(node.astext() for node in run)
            pieces.append(Piece(re.sub(r"[ \t\n\r\f\v]+", " ", text), is_plain=True))
        else:
            pieces += [_piece(node, context) for node in run]
    return assembled([piece for piece in pieces if piece.text], context.in_link)


def render_line(children: Iterable[nodes.Node], context: Context) -> str:
    return _inlines(children, context).strip(" ")


def _leaves(children: Iterable[nodes.Node], context: Context) -> Iterator[nodes.Node]:
    """The nodes that say something by themselves; others are looked through."""
    for node in children:
        if is_hidden(node):
            continue
        if (anchor := context.anchor(node)) and not isinstance(node, nodes.footnote_reference):
            yield nodes.raw("", anchor, format="html")
        if isinstance(node, nodes.Text) or _mark(node) or _is_rendered(node, context):
            yield node
            continue
        space = [] if isinstance(node, nodes.Inline) else [nodes.Text(" ")]
        if is_to_be_drawn(node) and isinstance(node, nodes.Element):
            if drawn := context.draw(node):
                yield nodes.raw("", drawn, format="html")
            continue
        inner = node.children or [nodes.Text(node.astext())]
        yield from (*space, *_leaves(inner, context), *space)


def is_to_be_drawn(node: nodes.Node) -> bool:
    """Whether nobody here knows the node, and it has no words of its own to show instead."""
    bare = isinstance(node, nodes.Element) and not node.children and not node.astext().strip()
    return bare and not type(node).__module__.startswith(("docutils.", "sphinx.addnodes"))


def _is_rendered(node: nodes.Node, context: Context) -> bool:
    if named(_INLINES, node) is _link:
        return context.uri(node) != ""
    if isinstance(node, nodes.literal) and "compound" in node["classes"]:
        return False
    return named(_INLINES, node) is not None


def _mark(node: nodes.Node) -> str:
    if type(node) is nodes.inline:
        return "**" if _BOLD_CLASSES & set(node["classes"]) else ""
    return (
        named({"emphasis": "*", "manpage": "*", "strong": "**", "title_reference": "*"}, node) or ""
    )


_BOLD_CLASSES = {"guilabel", "menuselection", "versionmodified"}


def _piece(node: nodes.Node, context: Context) -> Piece:
    mark = _mark(node)
    if mark:
        return Piece(_inlines(node.children, context), mark=mark)
    render = named(_INLINES, node)
    return Piece(render(node, context) if render and isinstance(node, nodes.Element) else "")


def _literal(node: nodes.Element, context: Context) -> str:
    text = " ".join(node.astext().split("\n"))
    if "kbd" in node["classes"]:
        return f"<kbd>{verbatim(text)}</kbd>"
    if context.in_link and "`" in text:
        return f"<code>{verbatim(text)}</code>"
    return code_span(text)


def _math(node: nodes.Element, context: Context) -> str:
    latex = on_one_line(context.expand(node.astext()))
    return f"${latex}{' ' if latex.endswith(chr(92)) else ''}$" if latex else ""


def _link(node: nodes.Element, context: Context) -> str:
    uri = context.uri(node)
    if node.astext() == uri and re.fullmatch(r"https?://[^\s<>$`\\]+", uri):
        return f"<{uri}>"
    text = _inlines(node.children, replace(context, in_link=True)) or escaped(uri, in_link=True)
    return f"[{text}]({destination(uri)})"


def render_image(node: nodes.Element, context: Context) -> str:
    """An image of docutils, or sphinx-gallery's, whose address begins with a slash."""
    shown = (str(node.get("uri", "")).lstrip("/"), node.get("alt", ""))
    image = node if isinstance(node, nodes.image) else nodes.image(uri=shown[0], alt=shown[1])
    uri = destination(context.resolve_image(image))
    alt = " ".join(str(image.get("alt", "")).split())
    sizes = {
        name: re.fullmatch(r"(\d+)(px|%)?", str(image.get(name, "")))
        for name in ("width", "height")
    }
    if not uri:
        return escaped(alt)
    if not any(sizes.values()):
        return f"![{alternative(alt)}]({uri})"
    size = "".join(f' {name}="{m[0].removesuffix("px")}"' for name, m in sizes.items() if m)
    return f'<img src="{uri}" alt="{html.escape(alt)}"{size}>'


def _footnote_reference(node: nodes.Element, context: Context) -> str:
    text = f"[{escaped(node.astext(), in_link=True)}]"
    if node.get("refid") in context.anchors and not context.in_link:
        text = f"[{text}](#{node['refid']})"
    return f"<sup>{context.anchor(node)}{text}</sup>"


def _citation_reference(node: nodes.Element, _context: Context) -> str:
    return f"\\[{escaped(node.astext(), in_link=True)}\\]"


def _abbreviation(node: nodes.Element, context: Context) -> str:
    text = _inlines(node.children, context)
    meaning = html.escape(" ".join(str(node.get("explanation", "")).split()))
    return f'<abbr title="{meaning}">{text}</abbr>' if meaning else text


def _subscript(node: nodes.Element, context: Context) -> str:
    return f"<sub>{_inlines(node.children, context)}</sub>"


def _superscript(node: nodes.Element, context: Context) -> str:
    return f"<sup>{_inlines(node.children, context)}</sup>"


def _raw(node: nodes.Element, context: Context) -> str:
    return " ".join((context.draw(node) or node.astext()).split("\n"))


_INLINES: Mapping[str, Callable[[nodes.Element, Context], str]] = {
    "abbreviation": _abbreviation,
    "citation_reference": _citation_reference,
    "download_reference": _link,
    "footnote_reference": _footnote_reference,
    "image": render_image,
    "imgsgnode": render_image,
    "literal": _literal,
    "literal_block": _literal,
    "math": _math,
    "math_block": _math,
    "raw": _raw,
    "reference": _link,
    "subscript": _subscript,
    "superscript": _superscript,
}
