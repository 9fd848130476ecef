"""Warns of shell commands on a tutorial's page that a reader of its notebook could not run."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util import logging

from .magics import NOT_FOR_COLAB, magic_cell

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
        elif (
            not magic and block.get("language") in _SHELLS and NOT_FOR_COLAB not in block["classes"]
        ):
            logger.warning(
                "this shell block will not run in Colab; %s",
                _PIP_ADVICE if _is_pip(block.astext()) else _ADVICE,
                location=block,
                type="docent",
                subtype="magic",
            )


_ADVICE = "begin it with '%%shell', or with '# not for Colab' if it is meant for another machine"
_PIP_ADVICE = "begin it with '%%shell', or write '%pip install', which every notebook knows"


def _is_pip(text: str) -> bool:
    rows = [row for row in text.splitlines() if row.strip()]
    return all(re.match(r"\s*(\$ )?(python3? -m )?pip3? install ", row) for row in rows)
