"""The ``.ipynb`` document of a notebook. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .cells import Cell


def as_notebook(cells: Iterable[Cell], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook of some cells.

    :param metadata: what it holds beside the kernel and the language.
    :returns: as nbformat 4.5 has it. A cell's id is made of its content, so that it stays when
        anything else changes.
    """
    parts = list(cells)
    return {
        "cells": [
            {"id": name, **_as_json(part)} for name, part in zip(_ids(parts), parts, strict=True)
        ],
        "metadata": {
            **metadata,
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """A notebook's file: the same bytes for the same content."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    return (text + "\n").encode()


def _as_json(part: Cell) -> dict[str, Any]:
    lines = part.source.splitlines(keepends=True)
    if part.kind == "markdown":
        return {"cell_type": "markdown", "metadata": {}, "source": lines}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": list(part.outputs),
        "source": lines,
    }


def _ids(cells: Iterable[Cell]) -> Iterator[str]:
    """An id for each cell; those with the same content are numbered."""
    seen: Counter[str] = Counter()
    for part in cells:
        name = hashlib.sha256(f"{part.kind}\0{_own(part.source)}".encode()).hexdigest()[:12]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _own(source: str) -> str:
    """A cell's text without places and links to places, which are numbered through the page."""
    return re.sub(r'<a id="[^"]*" name="[^"]*"></a>|\]\(#[^)]*\)', "", source)
