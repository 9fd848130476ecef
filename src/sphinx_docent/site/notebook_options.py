"""What all notebooks of a site have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..cache.distributions import Distributions
from ..notebooks.import_names import distribution_name
from ..notebooks.install_cell import Install, OwnProject
from .own_project import find_own_project
from .source_address import theme_source
from .tutorial_data import raw_address

if TYPE_CHECKING:
    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class NotebookOptions:
    """What notebooks are made with.

    :param distribution: the name by which a module's package is installed.
    :param own: the project that the documentation is of; ``None`` where it is not known.
    :param root: of the repository.
    :param data: the address of its files' content, with ``{path}``; empty where none is known.
    """

    install: Install
    distribution: Callable[[str], str]
    own: OwnProject | None
    root: Path
    data: str


def notebook_options(config: Config, install: Install, root: Path) -> NotebookOptions:
    """Read what the configuration and the repository say.

    :param root: of the repository.
    """
    installed = Distributions(sys.path).of_module
    return NotebookOptions(
        install=install,
        distribution=lambda module: distribution_name(module, installed),
        own=find_own_project(root, config.release or config.version),
        root=root,
        data=_data_address(config),
    )


def _data_address(config: Config) -> str:
    """``docent_data``, or what follows from where the sources are shown."""
    address = str(config.docent_data) or raw_address(config.docent_source or theme_source(config))
    for name in ("version", "release"):
        address = address.replace(f"{{{name}}}", str(config[name]))
    return address
