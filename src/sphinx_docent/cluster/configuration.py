"""How a build has read the project's configuration, as plain data: a worker reads it anew."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..machine.interpreter import installation_folders

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True, slots=True)
class ProjectConfiguration:
    """What a worker needs to read the project's configuration as this build has.

    Paths are POSIX, from the repository's root.

    :param overrides: what was given with ``-D``.
    :param path: folders of the project that Python imports from.
    """

    srcdir: str
    confdir: str
    builder: str
    overrides: Mapping[str, Any]
    tags: tuple[str, ...]
    path: tuple[str, ...]


def configuration_of(app: Sphinx, root: Path) -> ProjectConfiguration:
    """How this build has read its configuration.

    :param root: the repository's root.
    """
    folders = [Path(os.path.abspath(folder)) for folder in sys.path]
    return ProjectConfiguration(
        srcdir=Path(app.srcdir).relative_to(root).as_posix(),
        confdir=Path(app.confdir).relative_to(root).as_posix(),
        builder=app.builder.name,
        overrides={name: _plain(value) for name, value in app.config.overrides.items()},
        tags=tuple(app.tags),
        path=tuple(
            folder.relative_to(root).as_posix()
            for folder in folders
            if folder.is_relative_to(root) and not _is_installation(folder)
        ),
    )


def _is_installation(folder: Path) -> bool:
    return any(folder.is_relative_to(place) for place in installation_folders().values())


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool)) else str(value)
