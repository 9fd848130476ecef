"""What kinds of builders there are to us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notebooks import NotebooksBuilder
from .precheck import PrecheckBuilder
from .tutorials import TutorialsBuilder

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.config import Config


def introduce_builders(config: Config) -> None:
    """Have other extensions treat the builders that look at pages as the HTML builder."""
    names = (PrecheckBuilder.name, NotebooksBuilder.name)
    if "sphinx_tabs_valid_builders" in config:
        config.sphinx_tabs_valid_builders = [*config.sphinx_tabs_valid_builders, *names]


def lists_plan(builder: Builder) -> bool:
    """Whether a builder only shows what another would do."""
    return isinstance(builder, TutorialsBuilder)


def makes_pages(builder: Builder) -> bool:
    """Whether a builder makes pages for readers, on which a tutorial's result is to be seen.

    Those that only look at what was written, such as ``linkcheck`` and ``gettext``, have no format.
    """
    return bool(builder.format) and not looks_for_problems(builder)


def looks_for_problems(builder: Builder) -> bool:
    """Whether a builder looks for what is wrong, and tells of it in the reports."""
    return isinstance(builder, PrecheckBuilder)


def is_precheck(builder: Builder) -> bool:
    """Whether a builder finds what is wrong, and nothing else."""
    return isinstance(builder, PrecheckBuilder) and not runs_notebooks(builder)


def runs_notebooks(builder: Builder) -> bool:
    """Whether a builder executes notebooks."""
    return isinstance(builder, NotebooksBuilder)


def makes_site(builder: Builder) -> bool:
    """Whether a builder makes a site of HTML pages."""
    return builder.format == "html" and makes_pages(builder)
