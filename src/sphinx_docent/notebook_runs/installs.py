"""What a notebook installs, wherever it does: in its first cell, or in the tutorial's own. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..notebooks.cells import Cell
from ..notebooks.pip_command import is_pinned, name_of

_PIP = re.compile(
    r"\s*(?:[%!]|.*[;&|]\s*)?(?:\S*python\S*\s+-m\s+)?(?:uv\s+)?pip3?\s+install\s+(.*)"
)
_SHELLS = ("%%shell", "%%bash", "%%sh")
_WITH_VALUE = {"-c", "-e", "-f", "-i", "-r", "-t", "--constraint", "--editable", "--find-links"}
_WITH_VALUE |= {"--extra-index-url", "--index-url", "--only-binary", "--no-binary"}
_WITH_VALUE |= {"--requirement", "--target"}


@dataclass(frozen=True, slots=True)
class Installs:
    """What a notebook asks pip for.

    :param names: canonical names of distributions.
    :param is_pinned: whether it asks for the same today and tomorrow.
    """

    names: frozenset[str]
    is_pinned: bool


def installs_of(cells: Iterable[Cell]) -> Installs:
    """What all cells install together."""
    words = [word for cell in cells if cell.kind == "code" for word in _words(cell.source)]
    names = (name_of(word) for word in words)
    return Installs(
        frozenset(name for name in names if name),
        all(is_pinned(word) for word in words),
    )


def _words(source: str) -> Iterator[str]:
    in_shell = source.startswith(_SHELLS)
    for row in re.sub(r"\\\n", " ", source).splitlines():
        found = _PIP.fullmatch(row)
        if found and (in_shell or row.lstrip().startswith(("%", "!"))):
            yield from _asked(found[1])


def _asked(arguments: str) -> Iterator[str]:
    """The packages among pip's words; a file of requirements is one that is not pinned."""
    try:
        words = iter(shlex.split(arguments))
    except ValueError:
        return
    for word in words:
        if word in ("&&", ";", "|", "||", ">", "2>&1"):
            return
        if word in ("-r", "--requirement", "-e", "--editable"):
            yield f"-r {next(words, '')}"
        elif word in _WITH_VALUE:
            next(words, "")
        elif not word.startswith("-"):
            yield word
