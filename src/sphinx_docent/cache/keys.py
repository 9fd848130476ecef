"""What a page is made from before anything is executed: the first half of its name in the cache.

The other half, what a tutorial was seen to use, is kept with each result: see
:mod:`sphinx_docent.cache.inputs`.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..gallery.configuration import (
    VERSION,
    GalleryConf,
    expected_failures,
    page_options,
    shapes_page_only,
)
from ..machine.interpreter import interpreter
from ..model import Tutorial
from ..planning.expected_failures import expected_by
from .conf_effects import EVERYBODY
from .entry import digest
from .fingerprint import Fingerprints
from .project_state import ProjectState
from .setting_names import named_files, named_objects

Parts = Mapping[str, str | None]
"""What a key is made from, each part by a name: see :mod:`sphinx_docent.cache.variants`."""


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What the key of an executed page is made from.

    :param shared: by all tutorials of a build.
    :param own: the tutorial's alone.
    """

    shared: Parts
    own: Parts


class CacheKeys:
    """The keys of all pages of one build.

    :param conf: sphinx-gallery's settings.
    """

    def __init__(
        self,
        conf: GalleryConf,
        state: ProjectState,
        fingerprints: Fingerprints,
    ) -> None:
        self._state = state
        self._expected = expected_failures(conf)
        self.named_files: set[Path] = set()
        """The files that settings name, which count by content."""
        settings = {}
        for name, value in page_options(conf).items():
            files = named_files(value, Path(conf["src_dir"]))
            self.named_files.update(files)
            contents = [state.file(file) for file in files]
            settings[f"setting {name}"] = fingerprints.of(value, *named_objects(value), *contents)
        self._rendering = {**settings, "sphinx-gallery": VERSION}
        page_only = {name for name in settings if shapes_page_only(name.partition(" ")[2])}
        self.layout = digest({name: settings[name] for name in page_only})
        """A digest of the settings that shape a page and nothing that a tutorial gives."""
        self._executing: dict[str, str | None] = {
            **{name: value for name, value in self._rendering.items() if name not in page_only},
            **interpreter(),
            "conf.py": digest({"effects": list(state.effects.get(EVERYBODY, {}).items())}),
        }
        self._rendering_digest = digest(self._rendering)
        self._executing_digest = digest(self._executing)

    def expects_failure(self, tutorial: Tutorial) -> bool:
        """Whether the project expects a tutorial to fail."""
        return bool(self.failure_expected_by(tutorial))

    def failure_expected_by(self, tutorial: Tutorial) -> str:
        """The setting that says that a tutorial fails; empty if none does."""
        return expected_by(tutorial, listed=tutorial.source.resolve() in self._expected)

    def executed(self, tutorial: Tutorial, source: str | None = None) -> str:
        """The key of a page with the tutorial's output.

        :param source: SHA-256 of the script, where it is not as it lies there.
        """
        own = self._own(tutorial, source)
        return digest({"executed": True, "shared": self._executing_digest, **own})

    def rendered(self, tutorial: Tutorial) -> str:
        """The key of a page with text and code only."""
        return digest(
            {
                "executed": False,
                "shared": self._rendering_digest,
                "source": _source_digest(tutorial),
                "page": tutorial.page,
            }
        )

    def parts(self, tutorial: Tutorial, source: str | None = None) -> KeyParts:
        """What the key of an executed page is made from."""
        return KeyParts(self._executing, self._own(tutorial, source))

    def _own(self, tutorial: Tutorial, source: str | None) -> dict[str, str | None]:
        names = {os.path.relpath(path, self._state.root): path for path in declared_files(tutorial)}
        return {
            "source": source or _source_digest(tutorial),
            "page": tutorial.page,
            "requires": " ".join(tutorial.requires),
            "expected to fail": str(self.expects_failure(tutorial)),
            **{f"declared {name}": self._state.file(Path(path)) for name, path in names.items()},
        }


def declared_files(tutorial: Tutorial) -> list[str]:
    """The files that a tutorial declares; what an audit hook can't see. Absolute, sorted."""
    folder = tutorial.source.parent
    found = {
        os.path.normpath(folder / name)
        for pattern in tutorial.inputs
        for name in glob.glob(pattern, root_dir=folder, recursive=True)
    }
    return sorted(path for path in found if os.path.isfile(path))


def _source_digest(tutorial: Tutorial) -> str:
    return hashlib.sha256(tutorial.source.read_bytes()).hexdigest()
