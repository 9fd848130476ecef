"""Where Sphinx says that a warning stands: as text, and as pages."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.logging import get_node_location

from .incremental import NOWHERE
from .source_lines import split_location

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def location_of(record: logging.LogRecord, app: Sphinx) -> str:
    """A warning's location as ``path:line``, ``path`` or empty, in whatever form it was given.

    :param app: has no environment yet while it is being set up.
    """
    location: Any = getattr(record, "location", None)
    if isinstance(location, nodes.Node):
        return get_node_location(location) or ""
    if isinstance(location, tuple):
        page, line = location
        path = app.env.doc2path(page) if page else ""
        return f"{path}:{line}" if path and line else str(path)
    text = str(location or "")
    if text and ":" not in text and not os.path.isabs(text):
        return str(app.env.doc2path(text))
    return text


def pages_of(location: str, env: BuildEnvironment) -> tuple[str, ...]:
    """The pages that a location's file belongs to: itself, or those that were made from it."""
    path, _, _ = split_location(location)
    if path is None:
        return (NOWHERE,)
    page = env.path2doc(path)
    if page in env.all_docs:
        return (page,)
    name = os.path.realpath(path)
    pages = (
        page
        for page, used in env.dependencies.items()
        if any(os.path.realpath(Path(env.srcdir) / file) == name for file in used)
    )
    return tuple(pages) or (NOWHERE,)
