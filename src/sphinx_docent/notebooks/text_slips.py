"""Finds reST that was mistyped, so that a page shows its marks. docutils says nothing of it.

A notebook would hold the same marks, as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from ..gallery.source_text import read_lines
from .code_names import lines_with_file

logger = logging.getLogger(__name__)

_ROLE = r":[a-z][\w.+-]*(?::[\w.+-]+)*:"
_LINK = r"<(?:https?|mailto):[^<>\s]*>`?__?(?!\w)"
_IN_TEXT = {
    rf"{_ROLE}`": "a role that is not read: put a space or '\\ ' before it, and close it",
    r"``": "two backticks that open or close nothing",
    r"(?<![.\w])\.\.[a-z][\w-]*::": "a directive that is not read: put a space after '..'",
    _LINK: "a link that is not read: it needs a backtick at both ends",
    r"\w\[(?:#\w*|\*|\d+)\]_(?!\w)": "a footnote that is not read: put a space before it",
}
_IN_TEXT[r"^>`?__?(?!\w)"] = _IN_TEXT[_LINK]  # docutils has made a link of the address alone
_IN_BACKTICKS = {
    rf"^{_ROLE}|{_ROLE}`": "a role between backticks: they belong around its text alone",
    r"`": "a backtick within backticks",
}
_COMMENT = re.compile(
    r"(attention|caution|code-block|danger|error|figure|hint|image|important|math|note|seealso|tip"
    r"|topic|warning):(?!:)"
)
_NO_TEXT = (
    nodes.FixedTextElement,
    nodes.comment,
    nodes.literal,
    nodes.math,
    nodes.raw,
    nodes.system_message,
    nodes.image,
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake.

    :param line: of the page's source, 1-based.
    """

    source: str
    line: int
    problem: str
    text: str


def warn_of_slips(doctree: nodes.document) -> None:
    """Make each slip on a page a diagnostic at its line."""
    for slip in find_slips(doctree):
        logger.warning(
            "the page shows %s: %s",
            slip.problem,
            slip.text,
            location=f"{slip.source}:{slip.line}",
            type="docent",
            subtype="text",
        )


def warn_of_file_name(source: Path) -> None:
    """Warn of ``__file__`` in a tutorial: neither sphinx-gallery nor a notebook defines it."""
    for line in lines_with_file("\n".join(read_lines(source))):
        logger.warning(
            "'__file__' is defined neither here nor in the notebook; tutorials run in their own "
            "folder: use a relative path",
            location=f"{source}:{line}",
            type="docent",
            subtype="notebook",
        )


def find_slips(doctree: nodes.document) -> Iterator[Slip]:
    """The slips of a page, each place once."""
    seen: set[tuple[int, str]] = set()
    for slip in _found(doctree):
        if (slip.line, slip.text) not in seen:
            seen.add((slip.line, slip.text))
            yield slip


def _found(doctree: nodes.document) -> Iterator[Slip]:
    for node in doctree.findall():
        if isinstance(node, nodes.comment) and _COMMENT.match(node.astext()):
            problem = "nothing of a directive with one colon: it needs two"
            yield _slip(node, 0, problem, f".. {node.astext()}")
        elif isinstance(node, nodes.Text) and not _is_code(node):
            text = node.astext()
            quoted = isinstance(node.parent, nodes.title_reference)
            for pattern, problem in (_IN_BACKTICKS if quoted else _IN_TEXT).items():
                if found := re.search(pattern, text):
                    yield _slip(node, found.start(), problem, text)
                    break
        elif isinstance(node, nodes.title_reference):
            yield from _role_before(node)


def _role_before(node: nodes.title_reference) -> Iterator[Slip]:
    """A role whose name touches the word before it: its text stands alone in backticks."""
    siblings = node.parent.children
    before = siblings[siblings.index(node) - 1] if siblings[0] is not node else None
    if isinstance(before, nodes.Text) and re.search(rf"{_ROLE}$", before.astext()):
        end = len(before.astext()) - 1
        problem = _IN_TEXT[rf"{_ROLE}`"]
        yield _slip(before, end, problem, f"{before.astext()}`{node.astext()}`")


def _slip(node: nodes.Node, position: int, problem: str, text: str) -> Slip:
    block = node.parent if isinstance(node, nodes.Text) else node
    while block.line is None and block.parent is not None:
        block = block.parent
    before = _text_before(block, node) + node.astext()[:position]
    start = text.rfind("\n", 0, position) + 1
    row = text[start:].partition("\n")[0].strip()
    source = block.source or (block.document.current_source if block.document else "") or ""
    line = block.line or 1
    if isinstance(block, nodes.comment):  # docutils gives the line after its end
        line -= block.rawsource.count("\n") + 1
    return Slip(source, line + before.count("\n"), problem, row[:80])


def _text_before(block: nodes.Node, node: nodes.Node) -> str:
    """What stands in a block before one of its texts."""
    parts: list[str] = []
    for text in block.findall(nodes.Text):
        if text is node:
            break
        parts.append(text.astext())
    return "".join(parts) if isinstance(node, nodes.Text) else ""


def _is_code(node: nodes.Text) -> bool:
    above: nodes.Node | None = node.parent
    while above is not None:
        if isinstance(above, _NO_TEXT):
            return True
        above = above.parent
    return False
