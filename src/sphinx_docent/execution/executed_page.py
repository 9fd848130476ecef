"""The page of a tutorial as its own process leaves it."""

from __future__ import annotations

from pathlib import Path

from .tracebacks import without_own_frames

OUTPUT_LIMIT = 20 * 2**20
"""Bytes that a page may hold."""


def refuse_long_page(page: Path) -> str | None:
    """Remove a page that holds too much, and say so."""
    if not page.is_file() or page.stat().st_size <= OUTPUT_LIMIT:
        return None
    size = page.stat().st_size / 2**20
    page.unlink()
    limit = OUTPUT_LIMIT // 2**20
    return f"OutputTooLong: the page would hold {size:.0f} MB; at most {limit} MB are allowed"


def tidy_page(page: Path, work: Path, folder: Path) -> None:
    """Have a page name the repository's files, not the copies that were executed, and show no
    frame of ours in a traceback.

    :param work: the working folder.
    :param folder: the one that it stands for.
    """
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        tidied = without_own_frames(text.replace(str(work), str(folder)))
        if tidied != text:
            page.chmod(0o644)
            page.write_text(tidied, encoding="utf-8")
