"""Leaves scripts out of the galleries, each by its whole path.

sphinx-gallery's ``ignore_pattern`` is searched in the names of files alone, whatever folder they
lie in. But the setting is read anew for each folder; and when a folder has been listed,
sphinx-gallery asks for the order within it. At that moment the pattern is set that the next folder
needs. A namesake in another folder stays.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from sphinx_gallery.gen_gallery import get_subsections
from sphinx_gallery.gen_rst import _get_callables, _get_gallery_header

from .configuration import GalleryConf, as_list

_ORDER = "within_subsection_order"


def leave_out(conf: GalleryConf, scripts: Collection[Path], srcdir: Path) -> None:
    """Have sphinx-gallery pass over some scripts when it next makes the galleries.

    :param scripts: absolute paths.
    """
    if not scripts:
        return
    order, pattern = conf[_ORDER], conf["ignore_pattern"]
    coming = [os.path.normpath(folder) for folder in _folders(conf, srcdir)]

    def prepare_next() -> None:
        names = [path.name for path in scripts if coming and str(path.parent) == coming[0]]
        conf["ignore_pattern"] = _ignoring(pattern, names)
        if not coming:
            conf[_ORDER] = order

    class AskedAfterListing:
        """The project's own order within a folder."""

        def __init__(self, src_dir: str | Path) -> None:
            (self._key,) = _get_callables({**conf, _ORDER: order}, _ORDER, src_dir)
            if coming and os.path.normpath(src_dir) == coming[0]:
                del coming[0]
                prepare_next()

        def __call__(self, filename: Any) -> Any:
            return self._key(filename)

    conf[_ORDER] = AskedAfterListing
    prepare_next()


def _ignoring(pattern: str, names: Collection[str]) -> str:
    if not names:
        return pattern
    return f"(?:{pattern})|^(?:{'|'.join(map(re.escape, sorted(names)))})\\Z"


def _folders(conf: GalleryConf, srcdir: Path) -> Iterator[Path]:
    """The folders of all galleries, in the order in which sphinx-gallery lists them."""
    pairs = zip(as_list(conf["examples_dirs"]), as_list(conf["gallery_dirs"]), strict=False)
    for examples, _ in pairs:
        root = srcdir / examples
        if not root.is_dir():
            continue
        yield root
        has_header = _get_gallery_header(str(root), conf, raise_error=False) is not None
        for name in get_subsections(str(srcdir), str(root), conf, check_for_header=has_header):
            yield root / name
