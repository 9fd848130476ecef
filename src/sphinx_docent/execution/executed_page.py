"""The page of a tutorial as its own process leaves it."""

from __future__ import annotations

import traceback
from pathlib import Path

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


def name_real_folder(page: Path, work: Path, folder: Path) -> None:
    """Have a page name the repository's files, not the copies that were executed.

    :param work: the working folder.
    :param folder: the one that it stands for.
    """
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        if str(work) in text:
            page.chmod(0o644)
            page.write_text(text.replace(str(work), str(folder)), encoding="utf-8")


def own_traceback(error: BaseException, source: Path) -> str:
    """The traceback of what a tutorial raised, cut to its own lines and what they called.

    :param source: the script as it was executed.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own = (n for n, frame in enumerate(frames) if frame.filename == str(source))
    # What sphinx-gallery itself raises has no line of the tutorial.
    first = next(own, len(frames))
    lines = traceback.format_list(frames[first:]) + traceback.format_exception_only(error)
    return "Traceback (most recent call last):\n" + "".join(lines)
