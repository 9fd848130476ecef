"""The notebook of a tutorial: made from its resolved page, kept between builds, put on the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from ..cache.inputs import Inputs
from ..files import write_whole
from ..gallery.blocks import read_blocks
from ..gallery.configuration import first_and_last_cell
from ..gallery.source_text import read_lines
from ..model import Tutorial
from ..notebooks.cells import Cell, from_json, to_json
from ..notebooks.code_names import imported_modules
from ..notebooks.colab import NOTEBOOKS, Colab
from ..notebooks.conversion import make_cells
from ..notebooks.data_cell import data_cell
from ..notebooks.install_cell import GPU_METADATA, first_cells, needs_gpu
from ..notebooks.ipynb import as_bytes, as_notebook
from ..notebooks.setup_cells import SHELL_MAGIC
from .downloads import place_notebooks
from .notebook_options import NotebookOptions
from .notebook_reader import reader_of
from .tutorial_data import data_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def make_notebook(
    app: Sphinx,
    doctree: nodes.document,
    tutorial: Tutorial,
    options: NotebookOptions,
    used: Inputs,
) -> None:
    """Make the notebook of a resolved page, and keep it.

    :param used: what the tutorial was seen to use.
    """
    conf = app.config.sphinx_gallery_conf
    own = make_cells(
        _as_shown(doctree, app),
        read_blocks(tutorial.source, conf),
        read_lines(tutorial.source),
        reader_of(app, doctree, tutorial.page),
    )
    before, after = (
        [Cell("code", source, "setting")] if source else [] for source in first_and_last_cell(conf)
    )
    cells = [*_first_cells(own, tutorial, options, used), *before, *own, *after]
    metadata = GPU_METADATA if needs_gpu(tutorial.requires) else {}
    write_whole(notebook_file(app, tutorial), as_bytes(as_notebook(cells, metadata)))
    write_whole(_cells_file(app, tutorial), json.dumps(to_json(cells)).encode())


def _first_cells(
    own: Sequence[Cell], tutorial: Tutorial, options: NotebookOptions, used: Inputs
) -> Iterator[Cell]:
    """What prepares the reader's kernel for a tutorial's own cells."""
    sources = [cell.source for cell in own if cell.kind == "code"]
    project = options.own
    if project is not None and not project.modules & imported_modules(sources):
        project = None
    entries = options.install.entries(tutorial.requires, options.distribution, project)
    yield from first_cells(entries, tutorial.requires)
    if any(source.startswith("%%shell") for source in sources):
        yield Cell("code", SHELL_MAGIC, "shell")
    files = data_files(tutorial, used, options.root, options.own, options.data)
    if source := data_cell(tutorial.path, files):
        yield Cell("code", source, "data")


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
    return from_json(json.loads(_cells_file(app, tutorial).read_bytes()))


def _cells_file(app: Sphinx, tutorial: Tutorial) -> Path:
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
