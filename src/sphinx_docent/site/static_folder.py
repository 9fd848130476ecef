"""The folder ``_static`` of a fresh clone: git keeps no empty folder."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config

_NAME = "_static"


def make_static_folder(config: Config, confdir: Path) -> None:
    """Make it if ``conf.py`` names it as a new one does, so that Sphinx does not complain."""
    if _NAME in config.html_static_path:
        with contextlib.suppress(OSError):
            (confdir / _NAME).mkdir(exist_ok=True)
