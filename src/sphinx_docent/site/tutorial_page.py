"""What a tutorial's page offers its reader: the notebook, and the buttons that lead to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from ..files import write_whole
from ..gallery.blocks import read_blocks
from ..gallery.code_links import without_code_links
from ..gallery.configuration import first_and_last_cell
from ..model import Tutorial
from ..notebooks import conversion as notebooks
from ..notebooks.cells import Cell, from_json, to_json
from ..notebooks.colab import NOTEBOOKS, Colab
from ..notebooks.install_cell import GPU_CHECK, GPU_METADATA, GPU_TEXT, Install, needs_gpu
from ..notebooks.magics import forget_magics
from ..settings import Settings
from .buttons import buttons_for, row
from .downloads import place_notebooks
from .notices import insert_below_title
from .source_address import theme_source

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def offer_buttons(app: Sphinx, config: Config) -> None:
    """Load what the row of buttons looks like."""
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    app.add_css_file("docent.css")


def make_notebook(
    app: Sphinx, doctree: nodes.document, tutorial: Tutorial, install: Install
) -> None:
    """Make the notebook of a resolved page, and keep it."""
    conf = app.config.sphinx_gallery_conf
    base, page_uri = app.config.html_baseurl, app.builder.get_target_uri(tutorial.page)
    own = notebooks.make_cells(
        _as_shown(doctree, app),
        read_blocks(tutorial.source, conf),
        tutorial.source.read_text(encoding="utf-8").splitlines(),
        notebooks.published_links(base, page_uri),
        notebooks.embedded_images(Path(app.srcdir)),
        without_code_links,
    )
    before, after = (
        [Cell("code", source, "setting")] if source else [] for source in first_and_last_cell(conf)
    )
    cells = [*_first_cells(tutorial, install), *before, *own, *after]
    metadata = GPU_METADATA if needs_gpu(tutorial.requires) else {}
    write_whole(
        notebook_file(app, tutorial), notebooks.as_bytes(notebooks.as_notebook(cells, metadata))
    )
    write_whole(_places(app, tutorial), json.dumps(to_json(cells)).encode())


def add_buttons(
    app: Sphinx, doctree: nodes.document, tutorial: Tutorial, settings: Settings
) -> None:
    """Put the buttons on a page whose notebook is made."""
    forget_magics(doctree)
    if not settings.has_buttons:
        return
    page_uri = app.builder.get_target_uri(tutorial.page)
    to_root = "../" * page_uri.count("/")
    source = settings.source or theme_source(app.config)
    buttons = buttons_for(tutorial, doctree, to_root, settings.colab, source)
    html = row(buttons, app.env.titles[tutorial.page].astext())
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
        notebook = notebook_file(app, tutorial)
        if notebook.is_file():
            ours[tutorial.target.with_suffix(".ipynb")] = notebook
            if colab is not None:
                stable[Path(app.outdir) / NOTEBOOKS / f"{tutorial.page}.ipynb"] = notebook
    place_notebooks(downloads, ours, stable)


def notebook_file(app: Sphinx, tutorial: Tutorial) -> Path:
    """Where our notebook is kept from build to build: an unchanged page is not resolved."""
    return Path(app.doctreedir) / "docent-notebooks" / f"{tutorial.page}.ipynb"


def cells_of(app: Sphinx, tutorial: Tutorial) -> tuple[Cell, ...]:
    """The cells of the notebook that is kept."""
    return from_json(json.loads(_places(app, tutorial).read_bytes()))


def _places(app: Sphinx, tutorial: Tutorial) -> Path:
    return notebook_file(app, tutorial).with_suffix(".cells.json")


def _as_shown(doctree: nodes.document, app: Sphinx) -> nodes.document:
    """A page without the to-dos that it does not show."""
    hidden = "todo_include_todos" in app.config and not app.config.todo_include_todos
    if not hidden or not any(map(_is_todo, doctree.findall(nodes.Element))):
        return doctree
    shown: nodes.document = doctree.deepcopy()
    for node in list(filter(_is_todo, shown.findall(nodes.Element))):
        node.parent.remove(node)
    return shown


def _is_todo(node: nodes.Node) -> bool:
    return type(node).__name__ == "todo_node"


def _first_cells(tutorial: Tutorial, install: Install) -> list[Cell]:
    cells = []
    if source := install.cell(tutorial.requires):
        cells.append(Cell("code", source, "install"))
    if needs_gpu(tutorial.requires):
        cells += [Cell("markdown", GPU_TEXT, "gpu"), Cell("code", GPU_CHECK, "gpu")]
    return cells
