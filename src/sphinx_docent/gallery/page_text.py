"""Puts what a tutorial gave into a page that was generated anew, without executing it. Pure.

sphinx-gallery marks where each block of a page begins. Of a block of code, what the page has beside
the code itself is what it gave when it was executed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# The last number depends on which comments are shown.
_MARK = re.compile(r"^\.\. GENERATED FROM PYTHON SOURCE LINES (\d+)-\d+$", re.MULTILINE)
_FOOT = re.compile(
    r"^(?:\.\. rst-class:: sphx-glr-(?:timing|example-tags)|\.\. _sphx_glr_download_)", re.MULTILINE
)
_TIMING = ".. rst-class:: sphx-glr-timing"
_CODE = re.compile(r"^\.\. code-block:: .*\n(?:[ \t]+.*\n|\n(?=\n*[ \t]))*", re.MULTILINE)
_MEMORY = "**Estimated memory usage:**"


def with_outputs(rendered: str, executed: str) -> str | None:
    """A page that shows what a tutorial gave; ``None`` if the two do not fit.

    :param rendered: the page as it is generated now, without outputs.
    :param executed: the page with outputs, of the same script.
    """
    new, old = _blocks(rendered), _blocks(executed)
    marks = [_MARK.findall(page) for page in (rendered, executed)]
    if marks[0] != marks[1] or _MEMORY in executed:
        return None
    body, foot = _divided(new[-1])
    old_body, old_foot = _divided(old[-1])
    blocks = [*map(_with_output, [*new[:-1], body], [*old[:-1], old_body])]
    if None in blocks:
        return None
    return "".join([*map(str, blocks), _timing(old_foot), foot])


def _timing(foot: str) -> str:
    """How long it took, which only a page that was executed says."""
    parts = [*(found.start() for found in _FOOT.finditer(foot)), len(foot)]
    return foot[: parts[1]] if foot.startswith(_TIMING) else ""


def _blocks(page: str) -> Sequence[str]:
    """The blocks of a page; all but the first begin with their mark."""
    starts = [0, *(mark.start() for mark in _MARK.finditer(page)), len(page)]
    return [page[start:end] for start, end in pairwise(starts)]


def _divided(block: str) -> tuple[str, str]:
    """The last block, and what stands below all blocks."""
    foot = _FOOT.search(block)
    end = foot.start() if foot else len(block)
    return block[:end], block[end:]


def _with_output(new: str, old: str) -> str | None:
    if not _MARK.match(new):
        return new  # the title, below the head of the page
    code, old_code = _CODE.search(new), _CODE.search(old)
    if code is None or old_code is None:
        return new if code is old_code else None
    before = old[len(_mark(old)) : old_code.start()]
    return _mark(new) + before + code[0] + old[old_code.end() :]


def _mark(block: str) -> str:
    found = _MARK.match(block)
    return found[0] if found else ""
