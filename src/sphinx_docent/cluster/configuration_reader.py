"""Reads a project's configuration as a build of it does, on another machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from sphinx.application import Sphinx

from ..gallery.configuration import GalleryConf
from .bundle import inside
from .configuration import ProjectConfiguration


class _Ready(BaseException):
    """The configuration is complete; no :class:`Exception`, so that nobody takes it for one."""


class _ConfigurationReader(Sphinx):
    """Goes as far as to where a build would begin to execute."""

    def setup_extension(self, extname: str) -> None:
        """Load an extension, and come before what ours does."""
        known = extname in self.extensions
        super().setup_extension(extname)
        if extname == "sphinx_docent" and not known:
            self.connect("builder-inited", self._stop, priority=399)

    def _stop(self, app: Sphinx) -> NoReturn:
        raise _Ready(app.config.sphinx_gallery_conf)


def read_configuration(tree: Path, configuration: ProjectConfiguration, made: Path) -> GalleryConf:
    """sphinx-gallery's settings, as a build of the project in ``tree`` has them.

    :param made: where Sphinx may write.
    """
    sys.path[:0] = [str(inside(tree, name)) for name in configuration.path]
    try:
        _ConfigurationReader(
            srcdir=inside(tree, configuration.srcdir),
            confdir=inside(tree, configuration.confdir),
            outdir=made / "out",
            doctreedir=made / "doctrees",
            buildername=configuration.builder,
            confoverrides=dict(configuration.overrides),
            status=None,
            warning=sys.stderr,
            tags=configuration.tags,
        )
    except _Ready as ready:
        (conf,) = ready.args
        return dict(conf)
    raise RuntimeError("the project does not use sphinx_docent")
