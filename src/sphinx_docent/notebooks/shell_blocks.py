"""Warns of shell commands on a tutorial's page that a reader of its notebook could not run."""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging

from .magics import magic_cell

logger = logging.getLogger(__name__)

_SHELLS = {"bash", "console", "sh", "shell", "shell-session", "zsh"}


def check_shell_blocks(doctree: nodes.document) -> None:
    """Warn of shell blocks that a reader of the notebook could not run."""
    for block in doctree.findall(nodes.literal_block):
        magic = (magic_cell(block) or "").partition("\n")[0].split()
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
