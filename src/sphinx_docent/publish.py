"""What a tutorial's page offers its reader: the notebook, and the button that opens it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from . import _sphinx_gallery as gallery
from . import notebooks
from .colab import NOTEBOOKS, Colab, button
from .downloads import place_notebooks
from .magics import forget_magics
from .model import Tutorial
from .notes import insert_below_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def dress_page(
    app: Sphinx, doctree: nodes.document, tutorial: Tutorial, colab: Colab | None
) -> None:
    """Make the notebook of a resolved page, and put the button on it.

    Where there is neither a cell magic nor a button, sphinx-gallery's notebook stays.
    """
    plain = gallery.without_code_links(doctree)
    if colab is None and not notebooks.has_magics(plain):
        _made(app, tutorial).unlink(missing_ok=True)
        return
    notebook = notebooks.make_notebook(
        plain,
        gallery.codes(tutorial.source, app.config.sphinx_gallery_conf),
        notebooks.published_links(
            app.config.html_baseurl, app.builder.get_target_uri(tutorial.page)
        ),
        notebooks.embedded_images(Path(app.srcdir)),
    )
    notebooks.save(notebook, _made(app, tutorial))
    forget_magics(doctree)
    if colab is not None:
        html = button(colab.url(tutorial.page), app.env.titles[tutorial.page].astext())
        insert_below_title(doctree, nodes.raw("", html, format="html"))


def publish_notebooks(app: Sphinx, tutorials: Iterable[Tutorial], colab: Colab | None) -> None:
    """Put all notebooks that were made, now or earlier, in their places on the site."""
    folder = Path(app.outdir) / "_downloads"
    downloads = {
        Path(app.srcdir) / source: folder / name for source, (_, name) in app.env.dlfiles.items()
    }
    ours: dict[Path, Path] = {}
    stable: dict[Path, Path] = {}
    for tutorial in tutorials:
        made = _made(app, tutorial)
        if made.is_file():
            ours[tutorial.target.with_suffix(".ipynb")] = made
            if colab is not None:
                stable[Path(app.outdir) / NOTEBOOKS / f"{tutorial.page}.ipynb"] = made
    place_notebooks(downloads, ours, stable)


def _made(app: Sphinx, tutorial: Tutorial) -> Path:
    """Where our notebook is kept from build to build: an unchanged page is not resolved."""
    return Path(app.doctreedir) / "docent-notebooks" / f"{tutorial.page}.ipynb"
