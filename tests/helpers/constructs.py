"""Every construct of a tutorial's text, beside the Markdown that it must become in a notebook.

Each is a file in ``tests/notebooks/constructs``: reST first, then Markdown; a line of ``=>`` stands
between.
"""

from __future__ import annotations

from tests.helpers.repository import ROOT

BASE = "https://docs.example/v1/"
OTHER = "https://other.example/"


def _constructs() -> dict[str, tuple[str, str]]:
    found = {}
    for file in sorted((ROOT / "tests" / "notebooks" / "constructs").glob("*.txt")):
        rst, _, markdown = file.read_text(encoding="utf-8").partition("\n=>\n")
        found[file.stem] = (rst, markdown.strip("\n"))
    return found


CONSTRUCTS = _constructs()
"""reST and Markdown by name."""
