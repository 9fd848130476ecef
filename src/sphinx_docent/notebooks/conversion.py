"""A tutorial's notebook, made from its resolved page: the text as Markdown, the code its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from sphinx.locale import admonitionlabels

from ..model import Block
from .cells import Cell
from .magics import split_magics
from .markdown.blocks import to_markdown
from .outputs import outputs_of
from .source_lines import find_lines

_GENERATED = "GENERATED FROM PYTHON SOURCE LINES "
# What only the page says: sphinx-gallery's links, and why this build did not execute.
_PAGE_ONLY = ("sphx-glr-", "docent-skipped")
_TITLE = "sphx-glr-example-title"  # of the docstring's first paragraph, too, if it has no title
_END = {"sphx-glr-timing", "sphx-glr-footer"}

Link = Callable[[nodes.Element], "str | None"]
Image = Callable[[nodes.image], str]

_Part = tuple[nodes.Node, int]
"""A node of the page, and the level that a heading has there."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What the text of a notebook needs to know of its page and its site.

    :param link: the address that a reference leads to, ``None`` for no link.
    :param image: the address of an image.
    :param plain: a node as the page had it before others worked on its code.
    :param anchors: the ids that the text leads to.
    :param draw: the Markdown of a node that is unknown; ``None`` for its words.
    :param expand: a formula without macros of the site.
    :param outputs: whether cells have the outputs that the page shows.
    """

    link: Link
    image: Image
    plain: Callable[[nodes.Node], nodes.Node] = lambda node: node
    anchors: Collection[str] = ()
    draw: Callable[[nodes.Element], str | None] = lambda _: None
    expand: Callable[[str], str] = lambda latex: latex
    outputs: bool = False

    def markdown(self, parts: Sequence[nodes.Node], level: int) -> str:
        """The Markdown of neighbours at one level."""
        return to_markdown(
            parts,
            heading_level=max(level, 1),
            resolve_uri=self.link,
            resolve_image=self.image,
            admonition_titles=admonitionlabels,
            anchors=self.anchors,
            draw=self.draw,
            expand=self.expand,
        )


def make_cells(
    doctree: nodes.document, blocks: Sequence[Block], rows: Sequence[str], reader: Reader
) -> list[Cell]:
    """The cells of a page.

    :param doctree: resolved.
    :param blocks: of the script, in order.
    :param rows: all lines of the script.
    """
    cells: list[Cell] = []
    for segment, block in zip(_segments(doctree), blocks, strict=False):
        if block.code is None:
            segment = [(reader.plain(node), level) for node, level in segment]
            cells.extend(_text_cells(segment, block.line, rows, reader))
        elif source := block.code.strip():
            shown = [node for node, _ in segment] if reader.outputs else []
            lines = find_lines(source, rows, block.line)
            cells.append(Cell("code", source, lines=lines, outputs=outputs_of(shown, reader.image)))
    return cells


def _segments(doctree: nodes.document) -> Iterator[list[_Part]]:
    """The parts of every block of the script, in order."""
    segment: list[_Part] = []
    for node, level in _flat(doctree, 0):
        if isinstance(node, nodes.comment) and node.astext().startswith(_GENERATED):
            yield segment
            segment = []
        elif _END & set(_classes(node)):
            break
        else:
            segment.append((node, level))
    yield segment


def _flat(parent: nodes.Element, level: int) -> Iterator[_Part]:
    for node in parent.children:
        if isinstance(node, nodes.section):
            yield nodes.target("", "", ids=node["ids"]), level + 1
            yield from _flat(node, level + 1)
        else:
            yield node, level


def _text_cells(
    segment: Sequence[_Part], line: int, rows: Sequence[str], reader: Reader
) -> Iterator[Cell]:
    """Markdown, cut where a magic makes a code cell."""
    text: list[_Part] = []
    at = line
    for node, level in segment:
        if any(name.startswith(_PAGE_ONLY) and name != _TITLE for name in _classes(node)):
            continue
        rest, magics = split_magics(node)
        if rest is not None:
            text.append((rest, level))
        if magics:
            yield from _markdown(text, at, reader)
            text = []
            for source in magics:
                lines = find_lines(source, rows, at)
                at = lines[-1]
                yield Cell("code", source, lines=lines)
    yield from _markdown(text, at, reader)


def _markdown(parts: Sequence[_Part], line: int, reader: Reader) -> Iterator[Cell]:
    """One cell, or none; neighbours at one level are translated together."""
    texts = [
        reader.markdown([node for node, _ in run], level)
        for level, run in groupby(parts, key=lambda part: part[1])
    ]
    text = "\n\n".join(text for text in texts if text.strip())
    if text:
        yield Cell("markdown", text, "text", (line,))


def _classes(node: nodes.Node) -> Sequence[str]:
    return node.get("classes", []) if isinstance(node, nodes.Element) else []
