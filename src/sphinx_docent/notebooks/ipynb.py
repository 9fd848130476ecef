"""The ``.ipynb`` document of a notebook. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .cells import Cell


def as_notebook(cells: Iterable[Cell], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook of some cells.

    :param metadata: what it holds beside the kernel and the language.
    :returns: as nbformat 4.4 has it, which knows no ids of cells.
    """
    return {
        "cells": [_as_json(part) for part in cells],
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
        "nbformat_minor": 4,
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
        "outputs": [],
        "source": lines,
    }
