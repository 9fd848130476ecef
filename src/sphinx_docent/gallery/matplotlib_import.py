"""Keeps matplotlib unloaded while sphinx-gallery is configured.

To load it takes longer than many a precheck, and only tutorials that execute need it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

_OURS = ("sphinx_docent.", "sphinx_gallery.sorting.")
_BUILT_IN = ("matplotlib", "seaborn")
_NAMING_CODE = (
    "image_scrapers",
    "minigallery_sort_order",
    "reset_argv",
    "reset_modules",
    "subsection_order",
    "within_subsection_order",
)
"""Settings that may name modules and functions, which sphinx-gallery then imports."""


def block_matplotlib(conf: Mapping[str, Any]) -> None:
    """Have whoever imports matplotlib find none, unless code of others is imported.

    :param conf: sphinx-gallery's settings as ``conf.py`` has them.
    """
    if not any(_is_of_others(name) for name in _named_code(conf)):
        sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]


def unblock_matplotlib() -> None:
    """Take back what :func:`block_matplotlib` did."""
    if sys.modules.get("matplotlib", sys) is None:
        del sys.modules["matplotlib"]


def _named_code(conf: Mapping[str, Any]) -> Iterator[str]:
    for setting in _NAMING_CODE:
        value = conf.get(setting, ())
        for entry in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(entry, str):
                yield entry


def _is_of_others(name: str) -> bool:
    return ("." in name and not name.startswith(_OURS)) or (
        name.isidentifier() and name not in _BUILT_IN and not hasattr(_sorting(), name)
    )


def _sorting() -> Any:
    """The module whose classes sphinx-gallery knows by their names alone."""
    from sphinx_gallery import sorting

    return sorting
