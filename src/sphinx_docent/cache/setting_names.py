"""What the texts in a setting name: files, and functions in modules of the project."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_LONGEST = 4096


def texts_in(value: Any) -> Iterator[str]:
    """All texts in a setting, however deep; keys of mappings are names of settings."""
    if isinstance(value, (str, PurePath)):
        yield str(value)
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from texts_in(entry)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for entry in value:
            yield from texts_in(entry)


def named_files(value: Any, folder: Path) -> list[Path]:
    """The files that texts in a setting name, sorted.

    :param folder: what relative names begin at.
    """
    found = set()
    for text in texts_in(value):
        if 0 < len(text) < _LONGEST and "\n" not in text and "\0" not in text:
            path = folder / text
            try:
                if path.is_file():
                    found.add(path)
            except OSError:
                continue
    return sorted(found)


def named_objects(value: Any) -> list[Any]:
    """The functions and classes that texts in a setting name, in the order of the names.

    sphinx-gallery has imported them; nothing is imported here.
    """
    found: dict[str, Any] = {}
    for text in texts_in(value):
        if _NAME.fullmatch(text):
            module, _, name = text.rpartition(".")
            holder = sys.modules.get(module)
            scraper = getattr(sys.modules.get(text), "_get_sg_image_scraper", None)
            if scraper is not None:
                found[text] = scraper
            elif isinstance(holder, ModuleType) and callable(vars(holder).get(name)):
                found[text] = vars(holder)[name]
    return [found[text] for text in sorted(found)]
