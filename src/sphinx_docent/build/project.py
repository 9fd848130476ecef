"""The project as a build finds it: what counts in it, and the keys of its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..cache.conf_effects import effects
from ..cache.distributions import Distributions, documented_name
from ..cache.fingerprint import Fingerprints
from ..cache.keys import CacheKeys
from ..cache.project_state import ProjectState

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .stages import Prepared

_CONF = "conf.py"


def made_by_builds(app: Sphinx, build: Prepared, target_dirs: Iterable[Path]) -> tuple[Path, ...]:
    """Folders and files of the repository that builds make; they are no one's input.

    :param target_dirs: the generated galleries.
    """
    return (
        build.state,
        build.settings.cache.folder,
        Path(app.outdir),
        Path(app.doctreedir),
        Path(app.srcdir) / "_build",
        Path(app.srcdir) / "sg_execution_times.rst",
        *target_dirs,
    )


def look_at_project(
    app: Sphinx, root: Path, made: Iterable[Path]
) -> tuple[ProjectState, Fingerprints]:
    """The project and its surroundings as they are now, and fingerprints of its functions.

    :param made: what builds make.
    """
    distributions = Distributions(sys.path, documented_name(root))
    fingerprints = Fingerprints(root, distributions.label)
    conf = Path(app.confdir) / _CONF
    # What conf.py has given values, settings or not, Sphinx keeps nowhere else.
    names = app.config._raw_config
    done = effects(conf, names, fingerprints) if conf.is_file() else {}
    return ProjectState(root, distributions, tuple(made), effects=done), fingerprints


def keys_of_build(app: Sphinx, project: ProjectState, fingerprints: Fingerprints) -> CacheKeys:
    """The keys of all pages."""
    return CacheKeys(app.config.sphinx_gallery_conf, project, fingerprints)
