"""How blocks of Markdown are put together. Pure strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def joined(blocks: Iterable[str]) -> str:
    """Blank lines between the blocks; neighbouring lists do not grow together."""
    apart: list[str] = []
    for block in blocks:
        if apart and list_kind(block) and list_kind(block) == list_kind(apart[-1]):
            apart.append("<!-- -->")
        apart.append(block)
    return "\n\n".join(apart)


def list_kind(block: str) -> str:
    marker = re.match(r"(-|\d+[.)])(?:\s|$)", block)
    return marker[1][-1] if marker else ""


def quoted(blocks: Sequence[str]) -> list[str]:
    text = joined(blocks)
    return [re.sub(r"(?m)^(?=(.?))", lambda m: "> " if m[1] else ">", text)] if text else []


def listed(items: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """One list of markers and their blocks, tight if no item needs a blank line."""
    tight = all(_is_tight(blocks) for _, blocks in items)
    rows = []
    for marker, blocks in items:
        body = "\n".join(blocks) if tight else joined(blocks)
        margin = " " * (len(marker) + 1)
        rows.append(f"{marker} " + re.sub(r"\n(?!\n|$)", "\n" + margin, body) if body else marker)
    return [("\n" if tight else "\n\n").join(rows)] if rows else []


def _is_tight(blocks: Sequence[str]) -> bool:
    """Whether the blocks are one, or a text and the kind of list that may follow at once."""
    if any("\n\n" in block or "```" in block for block in blocks):
        return False
    return len(blocks) < 2 or (
        len(blocks) == 2
        and not blocks[0].startswith("<")
        and not list_kind(blocks[0])
        and re.match(r"(-|1[.)]) \S", blocks[1]) is not None
    )


def fenced(code: str, language: str = "") -> list[str]:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
    info = language.split()[0].replace("`", "") if language.strip() else ""
    return ["\n".join([fence + info, code.strip("\n"), fence])]
