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
from collections.abc import Callable, Collection, Mapping, Sequence

from docutils import nodes

from . import code, formulas, headings, lists, quotes
from .context import BlockRenderer, Context
from .dispatch import render_blocks
from .inline import render_image, render_line
from .layout import joined
from .tables import table_blocks


def to_markdown(
    nodes: Sequence[nodes.Node],
    *,
    heading_level: int,
    resolve_uri: Callable[[nodes.Element], str | None],
    resolve_image: Callable[[nodes.image], str],
    admonition_titles: Mapping[str, str],
    anchors: Collection[str] = (),
    draw: Callable[[nodes.Element], str | None] = lambda _: None,
    expand: Callable[[str], str] = lambda latex: latex,
    language: str = "",
) -> str:
    """The nodes as GitHub-flavoured Markdown that Colab and JupyterLab show.

    :param nodes: nodes of a resolved doctree, in order.
    :param heading_level: the level, from 1, of a title among the nodes. The title of a section
        among them is one level deeper, and so on inwards; 6 is the deepest.
    :param resolve_uri: the absolute address of a reference; ``None`` keeps the text alone.
    :param resolve_image: the address of an image, whose ``uri`` counts from the source directory.
    :param admonition_titles: the words that stand for a kind of admonition, by its node's name.
    :param anchors: the ids that the text leads to.
    :param draw: the Markdown of a node that nobody here knows; ``None`` for its words.
    :param expand: a formula without macros of the site.
    :param language: of literal blocks that name none.
    :returns: the Markdown, without a newline at its end; empty if the nodes show nothing.
    """
    context = Context(
        heading_level,
        resolve_uri,
        resolve_image,
        admonition_titles,
        _RENDERERS,
        anchors,
        draw,
        expand,
        language,
    )
    return joined(render_blocks(nodes, context))


def _raw_block(node: nodes.Element, context: Context) -> list[str]:
    text = (context.draw(node) or node.astext()).strip()
    text = text if "<pre" in text else re.sub(r"\n\s*\n", "\n", text)
    return [text] if text else []


def _table(node: nodes.Element, context: Context) -> list[str]:
    return table_blocks(
        node,
        inline=lambda children: render_line(children, context),
        blocks=lambda children: joined(render_blocks(children, context)),
    )


def _drawn_block(node: nodes.Element, context: Context) -> list[str]:
    drawn = context.draw(node)
    return [drawn] if drawn else []


def _image_block(node: nodes.Element, context: Context) -> list[str]:
    return [render_image(node, context)]


_RENDERERS: Mapping[str, BlockRenderer] = {
    "Admonition": quotes.render_admonition,
    "attribution": quotes.render_attribution,
    "block_quote": quotes.render_quote,
    "bullet_list": lists.render_bullet_list,
    "caption": headings.render_caption,
    "TabLabel": headings.render_bold,
    "centered": headings.render_bold,
    "citation": quotes.render_footnote,
    "container": headings.render_container,
    "definition_list": lists.render_definition_list,
    "desc": code.render_description,
    "doctest_block": code.render_doctest_block,
    "dropdown_title": headings.render_label,
    "enumerated_list": lists.render_enumerated_list,
    "field_list": lists.render_field_list,
    "footnote": quotes.render_footnote,
    "hlist": lists.render_columns,
    "imgsgnode": _image_block,
    "inheritance_diagram": _drawn_block,
    "line_block": lists.render_line_block,
    "literal_block": code.render_literal_block,
    "math_block": formulas.render_math_block,
    "option_list": lists.render_option_list,
    "productionlist": code.render_production_list,
    "raw": _raw_block,
    "rubric": headings.render_bold,
    "sd_tab_label": headings.render_label,
    "section": headings.render_section,
    "sidebar": quotes.render_quote,
    "subtitle": headings.render_bold,
    "table": _table,
    "title": headings.render_title,
    "topic": quotes.render_quote,
    "transition": headings.render_transition,
    "versionmodified": headings.render_children,
}
