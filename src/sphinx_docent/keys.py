"""What a page is made from, as the digest under which the cache keeps it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from . import _sphinx_gallery as gallery
from .cache import digest
from .model import Tutorial


class Keys:
    """The keys of all pages of one build.

    :param conf: sphinx-gallery's settings.
    :param tutorials: all there are; every other file of a tutorial's folder is taken as
        something that it may use.
    """

    def __init__(self, conf: gallery.GalleryConf, tutorials: Iterable[Tutorial]) -> None:
        self._options = gallery.shaping_options(conf)
        self._sources = {tutorial.source for tutorial in tutorials}
        self._folders: dict[Path, dict[str, str]] = {}
        self._executed: dict[Tutorial, str] = {}

    def executed(self, tutorial: Tutorial) -> str:
        """The key of a page with the tutorial's output.

        It covers the source, the other files of its folder, the installed distributions,
        Python, and the settings that shape a page.
        """
        if tutorial not in self._executed:
            self._executed[tutorial] = digest(
                {
                    "executed": True,
                    **self._made_from(tutorial),
                    "beside": self._beside(tutorial.source.parent),
                    "requires": tutorial.requires,
                    "python": sys.version,
                    "distributions": self._distributions,
                }
            )
        return self._executed[tutorial]

    def rendered(self, tutorial: Tutorial) -> str:
        """The key of a page with text and code only."""
        return digest({"executed": False, **self._made_from(tutorial)})

    def _made_from(self, tutorial: Tutorial) -> dict[str, Any]:
        return {
            "source": _sha256(tutorial.source),
            "page": tutorial.page,
            "sphinx-gallery": gallery.VERSION,
            "options": self._options,
        }

    def _beside(self, folder: Path) -> dict[str, str]:
        if folder not in self._folders:
            self._folders[folder] = {
                path.name: _sha256(path)
                for path in sorted(folder.iterdir())
                if path.is_file() and path not in self._sources
            }
        return self._folders[folder]

    @cached_property
    def _distributions(self) -> list[str]:
        return sorted({f"{found.metadata['Name']}=={found.version}" for found in distributions()})


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
