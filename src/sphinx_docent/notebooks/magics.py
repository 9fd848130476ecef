"""Cell magics in a tutorial's text: cells of the notebook, plain blocks on the page."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

_MAGIC = re.compile(r"%%[A-Za-z_]\w*(\s.*)?")
_SHELLS = {"bash", "console", "sh", "shell", "shell-session", "zsh"}
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


def cell(block: nodes.Node) -> str | None:
    """The notebook cell that a block stands for, its magic line first."""
    if isinstance(block, nodes.literal_block):
        for name in block["classes"]:
            if name.startswith(_MARK):
                return f"{bytes.fromhex(name.removeprefix(_MARK)).decode()}\n{block.astext()}"
    return None


def forget_magics(doctree: nodes.document) -> None:
    """Leave no mark on the page once its notebook is made."""
    for node in doctree.findall(nodes.Element):
        if any(name.startswith(_MARK) for name in node["classes"]):
            node["classes"] = [name for name in node["classes"] if not name.startswith(_MARK)]


def check_shell_blocks(doctree: nodes.document) -> None:
    """Warn of shell blocks that a reader of the notebook could not run."""
    for block in doctree.findall(nodes.literal_block):
        magic = (cell(block) or "").partition("\n")[0].split()
        if magic[:1] == ["%%bash"]:
            logger.warning(
                "'%%bash' shows its output only at the end in Colab; use '%%shell'",
                location=block,
                type="docent",
                subtype="magic",
            )
        elif not magic and block.get("language") in _SHELLS:
            logger.warning(
                "this shell block will not run in Colab; begin it with '%%shell'",
                location=block,
                type="docent",
                subtype="magic",
            )
