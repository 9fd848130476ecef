"""Sphinx extension for documentation whose pages are executed tutorials.

Add ``"sphinx_docent"`` to ``extensions`` beside ``"sphinx_gallery.gen_gallery"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx.

    :param app: the application that is being set up.
    :returns: the extension's metadata.
    """
    # Deferred, so that the server (``python -m sphinx_docent.serve``) needs no Sphinx.
    from .extension import register

    register(app)
    return {
        "version": __version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        "env_version": 1,
    }
