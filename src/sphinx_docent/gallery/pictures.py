"""Pictures that tutorials would make, and that are not there since these were not executed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Tutorial
from .page_files import is_page_file

_PICTURE = re.compile(r"images/(?:thumb/)?sphx_glr_[^/]+?\.\w+(?=\W*\Z)")


def missing_picture_of(message: str, tutorials: Iterable[Tutorial]) -> Tutorial | None:
    """The tutorial, of several, whose picture a warning says to be missing.

    :param message: ends with the picture's path.
    """
    found = _PICTURE.search(message)
    if found is None:
        return None
    before = message[: found.start()]
    for tutorial in tutorials:
        folder = tutorial.page.rpartition("/")[0]
        if before.endswith(f"{folder}/") and is_page_file(found[0], tutorial.source.stem):
            return tutorial
    return None
