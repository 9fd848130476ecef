"""Cell magics in a tutorial's text: cells of the notebook, plain blocks on the page."""

from __future__ import annotations

import re

from docutils import nodes

_MAGIC = re.compile(r"%%[A-Za-z_]\w*(\s.*)?")
_PIP = re.compile(r"(?:%pip[ \t]+\S.*\n?)+")
_ELSEWHERE = re.compile(r"#\s*not for Colab\s*", re.IGNORECASE)
_MARK = "docent-magic-"
"""Begins the class that keeps a block's magic line; classes outlive what others do to it."""
_LINES = "docent-pip"
"""The class of a block whose lines were magics."""
NOT_FOR_COLAB = "docent-not-for-colab"
"""The class of a block that is meant for another machine than the notebook's."""


def take_magics(doctree: nodes.document) -> None:
    """Take the magics out of every block that begins with one, and remember them."""
    for block in doctree.findall(nodes.literal_block):
        text = block.astext()
        first, _, rest = text.partition("\n")
        if _MAGIC.fullmatch(first.rstrip()):
            block["classes"].append(_MARK + first.rstrip().encode().hex())
            _without_first_line(block, rest)
        elif _ELSEWHERE.fullmatch(first):
            block["classes"].append(NOT_FOR_COLAB)
            _without_first_line(block, rest)
        elif _PIP.fullmatch(text):
            block["classes"].append(_LINES)
            block.rawsource = re.sub("(?m)^%", "", text)
            block[:] = [nodes.Text(block.rawsource)]


def _without_first_line(block: nodes.literal_block, rest: str) -> None:
    block.rawsource = rest
    block[:] = [nodes.Text(rest)]
    emphasized = (block.get("highlight_args") or {}).get("hl_lines")
    if emphasized:
        block["highlight_args"]["hl_lines"] = [line - 1 for line in emphasized if line > 1]


def magic_cell(block: nodes.Node) -> str | None:
    """The notebook cell that a block stands for, with its magics."""
    if isinstance(block, nodes.literal_block):
        for name in block["classes"]:
            if name.startswith(_MARK):
                return f"{bytes.fromhex(name.removeprefix(_MARK)).decode()}\n{block.astext()}"
            if name == _LINES:
                return re.sub("(?m)^(?=.)", "%", block.astext())
    return None


def split_magics(node: nodes.Node) -> tuple[nodes.Node | None, list[str]]:
    """A node without the blocks that are cells of their own, and those cells."""
    own = magic_cell(node)
    if own is not None:
        return None, [own]
    if not any(magic_cell(block) is not None for block in node.findall(nodes.literal_block)):
        return node, []
    copy = node.deepcopy()
    found = [block for block in copy.findall(nodes.literal_block) if magic_cell(block) is not None]
    for block in found:
        block.parent.remove(block)
    return copy, [magic_cell(block) or "" for block in found]


def forget_magics(doctree: nodes.document) -> None:
    """Leave no mark on the page once its notebook is made."""
    for node in doctree.findall(nodes.Element):
        if any(map(_is_mark, node["classes"])):
            node["classes"] = [name for name in node["classes"] if not _is_mark(name)]


def _is_mark(name: str) -> bool:
    return name.startswith(_MARK) or name in (_LINES, NOT_FOR_COLAB)
