"""A tutorial's notebook, made from its resolved page: the text as Markdown, the code its own."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes

from ..model import Block
from .cells import Cell, find_lines
from .magics import cell
from .markdown.blocks import to_markdown

_GENERATED = "GENERATED FROM PYTHON SOURCE LINES "
# What only the page says: sphinx-gallery's links, and why this build did not execute.
_PAGE_ONLY = ("sphx-glr-", "docent-skipped")
_END = {"sphx-glr-timing", "sphx-glr-footer"}

Link = Callable[[nodes.Element], "str | None"]
Image = Callable[[nodes.image], str]


def make_cells(
    doctree: nodes.document,
    blocks: Sequence[Block],
    rows: Sequence[str],
    link: Link,
    image: Image,
    plain: Callable[[nodes.Node], nodes.Node] = lambda node: node,
) -> list[Cell]:
    """The cells of a page.

    :param doctree: resolved.
    :param blocks: of the script, in order.
    :param rows: all lines of the script.
    :param link: the address that a reference leads to, ``None`` for no link.
    :param image: the address of an image.
    :param plain: a node as the page had it before others worked on its code.
    """
    cells: list[Cell] = []
    for segment, block in zip(_segments(doctree), blocks, strict=False):
        if block.code is None:
            segment = [(plain(node), level) for node, level in segment]
            cells.extend(_text_cells(segment, block.line, rows, link, image))
        elif source := block.code.strip():
            cells.append(Cell("code", source, lines=find_lines(source, rows, block.line)))
    return cells


def as_notebook(cells: Iterable[Cell], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook of some cells.

    :param metadata: what it holds beside the kernel and the language.
    :returns: as nbformat 4.4 has it, which knows no ids of cells.
    """
    return {
        "cells": [_as_json(part) for part in cells],
        "metadata": {
            **metadata,
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """A notebook's file: the same bytes for the same content."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    return (text + "\n").encode()


def published_links(base: str, page_uri: str) -> Link:
    """Links to the published site.

    :param base: ``html_baseurl``; while it is empty, only links that leave the site are links.
    :param page_uri: the page's own address, relative to the base.
    """

    def link(reference: nodes.Element) -> str | None:
        uri = str(reference.get("refuri") or "")
        if reference.get("filename"):  # a file to download, at its place on the site
            uri = urljoin(f"{base.rstrip('/')}/", f"_downloads/{reference['filename']}")
        elif reference.get("refid"):
            uri = f"#{reference['refid']}"
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return uri
        return urljoin(urljoin(base.rstrip("/") + "/", page_uri), uri) if base and uri else None

    return link


def embedded_images(srcdir: Path) -> Image:
    """Images as part of the notebook, so that they show wherever it is opened."""

    def image(node: nodes.image) -> str:
        uri = str(node["uri"])
        file = srcdir / uri
        if "://" in uri or not file.is_file():
            return uri
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"

    return image


Piece = tuple[nodes.Node, int]
"""A node of the page, and the level that a heading has there."""


def _segments(doctree: nodes.document) -> Iterator[list[Piece]]:
    """The pieces of every block of the script, in order."""
    segment: list[Piece] = []
    for node, level in _flat(doctree, 0):
        if isinstance(node, nodes.comment) and node.astext().startswith(_GENERATED):
            yield segment
            segment = []
        elif _END & set(_classes(node)):
            break
        else:
            segment.append((node, level))
    yield segment


def _flat(parent: nodes.Element, level: int) -> Iterator[Piece]:
    for node in parent.children:
        if isinstance(node, nodes.section):
            yield from _flat(node, level + 1)
        else:
            yield node, level


def _text_cells(
    segment: Sequence[Piece], line: int, rows: Sequence[str], link: Link, image: Image
) -> Iterator[Cell]:
    """Markdown, cut where a magic makes a code cell."""
    text: list[Piece] = []
    at = line
    for node, level in segment:
        if any(name.startswith(_PAGE_ONLY) for name in _classes(node)):
            continue
        rest, magics = _without_magics(node)
        if rest is not None:
            text.append((rest, level))
        if magics:
            yield from _markdown(text, at, link, image)
            text = []
            for source in magics:
                lines = find_lines(source, rows, at)
                at = lines[-1]
                yield Cell("code", source, lines=lines)
    yield from _markdown(text, at, link, image)


def _markdown(pieces: Sequence[Piece], line: int, link: Link, image: Image) -> Iterator[Cell]:
    """One cell, or none; neighbours at one level are translated together."""
    parts = [
        to_markdown(
            [node for node, _ in run],
            heading_level=max(level, 1),
            resolve_uri=link,
            resolve_image=image,
        )
        for level, run in groupby(pieces, key=lambda piece: piece[1])
    ]
    text = "\n\n".join(part for part in parts if part.strip())
    if text:
        yield Cell("markdown", text, "text", (line,))


def _without_magics(node: nodes.Node) -> tuple[nodes.Node | None, list[str]]:
    """A node without the blocks that are cells of their own, and those cells."""
    own = cell(node)
    if own is not None:
        return None, [own]
    if not any(cell(block) is not None for block in node.findall(nodes.literal_block)):
        return node, []
    copy = node.deepcopy()
    found = [block for block in copy.findall(nodes.literal_block) if cell(block) is not None]
    for block in found:
        block.parent.remove(block)
    return copy, [cell(block) or "" for block in found]


def _classes(node: nodes.Node) -> Sequence[str]:
    return node.get("classes", []) if isinstance(node, nodes.Element) else []


def _as_json(part: Cell) -> dict[str, Any]:
    lines = part.source.splitlines(keepends=True)
    if part.kind == "markdown":
        return {"cell_type": "markdown", "metadata": {}, "source": lines}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": lines,
    }
