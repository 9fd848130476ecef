"""A tutorial's notebook, made from its resolved page: the text as Markdown, the code its own."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes

from ._markdown import to_markdown
from .magics import cell

_GENERATED = "GENERATED FROM PYTHON SOURCE LINES "
_OWN_CLASS = "sphx-glr-"
_END = {"sphx-glr-timing", "sphx-glr-footer"}

Cell = tuple[str, str]
"""``markdown`` or ``code``, and its source."""

Link = Callable[[nodes.reference], "str | None"]
Image = Callable[[nodes.image], str]


def has_magics(doctree: nodes.document) -> bool:
    """Whether the text holds a block that must be a code cell."""
    return any(cell(block) is not None for block in doctree.findall(nodes.literal_block))


def make_notebook(
    doctree: nodes.document, codes: Sequence[str | None], link: Link, image: Image
) -> dict[str, Any]:
    """The notebook of a page.

    :param doctree: resolved.
    :param codes: for every block of the script in order, its code, or ``None`` if it is text.
    :param link: the address that a reference leads to, ``None`` for no link.
    :param image: the address of an image.
    :returns: as nbformat 4.4 has it.
    """
    cells: list[Cell] = []
    for segment, code in zip(_segments(doctree), codes, strict=False):
        if code is None:
            cells.extend(_text_cells(segment, link, image))
        elif code.strip():
            cells.append(("code", code.strip()))
    return {
        "cells": [_as_json(kind, source) for kind, source in cells],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {
                "name": "python",
                "version": f"{sys.version_info.major}.{sys.version_info.minor}",
            },
        },
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def save(notebook: dict[str, Any], file: Path) -> None:
    """Write a notebook, the same bytes for the same content."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8")


def published_links(base: str, page_uri: str) -> Link:
    """Links to the published site.

    :param base: ``html_baseurl``; while it is empty, only links that leave the site are links.
    :param page_uri: the page's own address, relative to the base.
    """

    def link(reference: nodes.reference) -> str | None:
        uri = reference.get("refuri") or (
            f"#{reference['refid']}" if reference.get("refid") else ""
        )
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return str(uri)
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


def _text_cells(segment: Sequence[Piece], link: Link, image: Image) -> Iterator[Cell]:
    """Markdown, cut where a magic makes a code cell."""
    text: list[Piece] = []
    for node, level in segment:
        if any(name.startswith(_OWN_CLASS) for name in _classes(node)):
            continue
        rest, magics = _without_magics(node)
        if rest is not None:
            text.append((rest, level))
        if magics:
            yield from _markdown(text, link, image)
            text = []
            yield from (("code", source) for source in magics)
    yield from _markdown(text, link, image)


def _markdown(pieces: Sequence[Piece], link: Link, image: Image) -> Iterator[Cell]:
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
        yield "markdown", text


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


def _as_json(kind: str, source: str) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    if kind == "markdown":
        return {"cell_type": "markdown", "metadata": {}, "source": lines}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": lines,
    }
