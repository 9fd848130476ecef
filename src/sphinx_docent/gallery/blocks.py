"""The blocks of text and code that sphinx-gallery cuts a script into."""

from __future__ import annotations

from pathlib import Path

from sphinx_gallery.gen_rst import _clean_script_blocks, _get_parser

from ..model import Block
from .configuration import GalleryConf


def read_blocks(source: Path, conf: GalleryConf) -> list[Block]:
    """The blocks of a script in order, as its page shows them."""
    parser, _ = _get_parser(source.name, conf)
    _, found, _ = parser.split_code_and_text_blocks(str(source), return_node=True)
    found, _ = _clean_script_blocks(conf, parser, found, [""] * len(found))
    return [Block(entry.content if entry.type == "code" else None, entry.lineno) for entry in found]
