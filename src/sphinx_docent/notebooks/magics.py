"""Cell magics in a tutorial's text: cells of the notebook, plain blocks on the page."""

from __future__ import annotations

import re

from docutils import nodes

_MAGIC = re.compile(r"%%[A-Za-z_]\w*(\s.*)?")
_MARK = "docent-magic-"
"""Begins the class that keeps a block's magic line; classes outlive what others do to it."""


def take_magics(doctree: nodes.document) -> None:
    """Take the magic line out of every block that begins with one, and keep the whole cell."""
    for block in doctree.findall(nodes.literal_block):
        text = block.astext()
        first, _, rest = text.partition("\n")
        if not _MAGIC.fullmatch(first.rstrip()):
            continue
        block["classes"].append(_MARK + first.rstrip().encode().hex())
        block.rawsource = rest
        block[:] = [nodes.Text(rest)]
        emphasized = (block.get("highlight_args") or {}).get("hl_lines")
        if emphasized:
            block["highlight_args"]["hl_lines"] = [line - 1 for line in emphasized if line > 1]


def magic_cell(block: nodes.Node) -> str | None:
    """The notebook cell that a block stands for, its magic line first."""
    if isinstance(block, nodes.literal_block):
        for name in block["classes"]:
            if name.startswith(_MARK):
                return f"{bytes.fromhex(name.removeprefix(_MARK)).decode()}\n{block.astext()}"
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
        if any(name.startswith(_MARK) for name in node["classes"]):
            node["classes"] = [name for name in node["classes"] if not name.startswith(_MARK)]
