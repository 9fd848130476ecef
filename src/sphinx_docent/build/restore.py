"""Puts pages that were kept back in their places, and keeps new ones."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from ..cache.inputs import NO_INPUTS, Inputs
from ..cache.page_writer import write_files
from ..cache.store import Cache, Entry
from ..gallery.badges import put_badges
from ..gallery.handover import follow_edits, mark_up_to_date
from ..gallery.page_files import page_files
from ..model import Result, Tutorial
from .context import BuildContext
from .earlier_files import EarlierFiles

_FIXED_TIME = 315619200  # 1980-01-02: archives hold times, and no zip holds earlier ones


def fetch(entries: Mapping[Tutorial, Entry], cache: Cache) -> dict[Tutorial, Entry]:
    """The entries, after those that lie elsewhere were brought here."""
    come = cache.fetch(list(entries.values()))
    return {tutorial: come.get(entry.path, entry) for tutorial, entry in entries.items()}


def restore(tutorial: Tutorial, entry: Entry, cache: Cache, earlier: EarlierFiles) -> Result | None:
    """Put a page in its place.

    :returns: its result; ``None`` if a file of the entry is damaged, and nothing was changed.
    """
    files = cache.read(entry)
    if files is None:
        return None
    earlier.clear(tutorial, keep=files)
    write_files(files, tutorial.target_dir)
    hand_over(tutorial)
    return entry.header.result


def keep(
    key: str,
    tutorial: Tutorial,
    result: Result,
    context: BuildContext,
    inputs: Inputs = NO_INPUTS,
) -> str | None:
    """Keep a page as it lies in its place.

    :returns: what was wrong, where that was not possible.
    """
    cache = context.cache
    files = page_files(tutorial.target)
    try:
        path = cache.store(key, result, tutorial.target_dir, files, inputs)
        if path is not None and inputs is not NO_INPUTS:
            cache.share(key, path)
    except OSError as error:
        return f"cannot be kept in {cache.folder}: {error.strerror or error}"
    return None


def hand_over(tutorial: Tutorial) -> None:
    """Have sphinx-gallery take the page that lies there as up to date."""
    put_badges(tutorial.target.with_suffix(".rst"))
    for ending in (".py", ".ipynb"):
        path = tutorial.target.with_suffix(ending)
        if path.is_file():
            os.utime(path, (_FIXED_TIME, _FIXED_TIME))
    mark_up_to_date(tutorial.target)


def keep_in_spite_of_edits(tutorial: Tutorial, opened: int) -> None:
    """Have sphinx-gallery keep a page whose script was edited since the build was planned.

    :param opened: when that was, by the clock of files.
    """
    with contextlib.suppress(OSError):
        if os.stat(tutorial.source).st_ctime_ns >= opened and follow_edits(tutorial):
            hand_over(tutorial)
