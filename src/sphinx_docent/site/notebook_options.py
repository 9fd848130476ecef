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

if TYPE_CHECKING:
    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class NotebookOptions:
    """What notebooks are made with.

    :param distribution: the name by which a module's package is installed.
    :param own: the project that the documentation is of; ``None`` where it is not known.
    """

    install: Install
    distribution: Callable[[str], str]
    own: OwnProject | None


def notebook_options(config: Config, install: Install, root: Path) -> NotebookOptions:
    """Read what the configuration and the repository say.

    :param root: of the repository.
    """
    installed = Distributions(sys.path).of_module
    return NotebookOptions(
        install=install,
        distribution=lambda module: distribution_name(module, installed),
        own=find_own_project(root, config.release or config.version),
    )
