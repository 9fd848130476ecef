"""What a page is made from before anything is executed: the first half of its name in the cache.

The other half, what a tutorial was seen to use, is kept with each result: see
:mod:`sphinx_docent.cache.inputs`.
"""

from __future__ import annotations

import glob
import hashlib
import os
from typing import Any

from ..gallery.configuration import VERSION, GalleryConf, expected_failures, page_options
from ..machine.interpreter import interpreter
from ..model import Tutorial
from .entry import digest
from .fingerprint import fingerprint
from .project_state import ProjectState


class CacheKeys:
    """The keys of all pages of one build.

    :param conf: sphinx-gallery's settings.
    """

    def __init__(self, conf: GalleryConf, project: ProjectState) -> None:
        self._options = {key: fingerprint(value) for key, value in page_options(conf).items()}
        self._expected = expected_failures(conf)
        self._interpreter = interpreter()
        self._project = project

    def expects_failure(self, tutorial: Tutorial) -> bool:
        """Whether the project expects a tutorial to fail."""
        return tutorial.source.resolve() in self._expected

    def executed(self, tutorial: Tutorial) -> str:
        """The key of a page with the tutorial's output."""
        return digest(
            {
                "executed": True,
                **self._made_from(tutorial),
                "declared": self._declared(tutorial),
                "requires": tutorial.requires,
                "expected to fail": self.expects_failure(tutorial),
                **self._interpreter,
            }
        )

    def rendered(self, tutorial: Tutorial) -> str:
        """The key of a page with text and code only."""
        return digest({"executed": False, **self._made_from(tutorial)})

    def _made_from(self, tutorial: Tutorial) -> dict[str, Any]:
        return {
            "source": hashlib.sha256(tutorial.source.read_bytes()).hexdigest(),
            "page": tutorial.page,
            "sphinx-gallery": VERSION,
            "options": self._options,
        }

    def _declared(self, tutorial: Tutorial) -> dict[str, str | None]:
        names = (os.path.relpath(path, self._project.root) for path in declared_files(tutorial))
        return {name: self._project.file(name) for name in names}


def declared_files(tutorial: Tutorial) -> list[str]:
    """The files that a tutorial declares; what an audit hook can't see. Absolute, sorted."""
    folder = tutorial.source.parent
    found = {
        os.path.normpath(folder / name)
        for pattern in tutorial.inputs
        for name in glob.glob(pattern, root_dir=folder, recursive=True)
    }
    return sorted(path for path in found if os.path.isfile(path))
