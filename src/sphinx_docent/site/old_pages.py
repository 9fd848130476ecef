"""Takes pages of documents that are gone off the site; Sphinx leaves them there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..notebooks.colab import NOTEBOOKS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def remove_old_pages(app: Sphinx, notebooks: Collection[str]) -> None:
    """Remove pages and notebooks of documents that are gone, which Sphinx leaves on the site.

    :param notebooks: the pages that have a notebook.
    """
    out = Path(app.outdir)
    endings = [
        f"{ending}{app.config.html_sourcelink_suffix}" for ending in app.config.source_suffix
    ]
    for name, copy in _files_in(out / "_sources"):
        pages = {name.removesuffix(ending) for ending in endings if name.endswith(ending)}
        if pages and not pages & app.env.all_docs.keys():
            copy.unlink()
            for page in pages:
                Path(app.builder.get_outfilename(page)).unlink(missing_ok=True)  # type: ignore[attr-defined]
    for name, copy in _files_in(out / NOTEBOOKS):
        if name.removesuffix(".ipynb") not in notebooks:
            copy.unlink()


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.is_file())
