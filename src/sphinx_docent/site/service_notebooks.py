"""Has Binder and JupyterLite open the notebook that the page offers as a download.

sphinx-gallery copies its own notebooks for both when the build ends, and lets a project's function
change those for JupyterLite. Ours are put in their place: for JupyterLite through that function, so
that the order in which the extensions end does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import write_whole
from ..gallery.configuration import jupyterlite_modification
from ..model import Tutorial
from ..notebooks.ipynb import as_bytes
from .tutorial_notebook import notebook_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_MODIFY = "notebook_modification_function"


def offer_to_jupyterlite(app: Sphinx, tutorials: Iterable[Tutorial]) -> None:
    """Have sphinx-gallery give JupyterLite our notebooks; before it copies its own.

    The project's own function changes ours as it would have changed those.
    """
    conf = app.config.sphinx_gallery_conf.get("jupyterlite")
    if not conf:
        return
    ours = _by_place(app, tutorials)
    folder = Path(conf["jupyterlite_contents"])
    own = jupyterlite_modification(app.config.sphinx_gallery_conf)

    def replace(content: dict[str, Any], file: str) -> None:
        notebook = ours.get(Path(file).relative_to(folder).as_posix())
        if notebook is not None:
            content.clear()
            content.update(json.loads(notebook.read_bytes()))
        if own is not None:
            own(content, file)

    conf[_MODIFY] = replace


def place_for_services(app: Sphinx, tutorials: Iterable[Tutorial]) -> None:
    """Put our notebooks, byte for byte, where sphinx-gallery has put its own; after it did."""
    conf = app.config.sphinx_gallery_conf
    ours = _by_place(app, tutorials)
    if binder := conf.get("binder"):
        for place, notebook in ours.items():
            copy = Path(app.outdir) / binder["notebooks_dir"] / place
            if copy.is_file():
                write_whole(copy, notebook.read_bytes())
    if lite := conf.get("jupyterlite"):
        for place in ours:
            copy = Path(lite["jupyterlite_contents"]) / place
            if copy.is_file():  # the same as ours, or as the project's function has changed it
                write_whole(copy, as_bytes(json.loads(copy.read_bytes())))


def _by_place(app: Sphinx, tutorials: Iterable[Tutorial]) -> dict[str, Path]:
    """Our notebooks, by the place of sphinx-gallery's in the source directory."""
    found: dict[str, Path] = {}
    for tutorial in tutorials:
        notebook = notebook_file(app, tutorial)
        if notebook.is_file():
            place = tutorial.target.with_suffix(".ipynb").relative_to(app.srcdir)
            found[place.as_posix()] = notebook
    return found
