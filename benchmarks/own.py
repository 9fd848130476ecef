"""The tutorials of this repository, with and without the extension."""

from __future__ import annotations

import shutil
from pathlib import Path

from builds import GENERATED, SRC, Gallery

from sphinx_docent.gallery.script import read_script
from sphinx_docent.machine.requirements import missing_here

DOCS = SRC.parent / "docs"

_WITHOUT = """
extensions.remove("sphinx_docent")
sphinx_gallery_conf.update(parallel={parallel}, filename_pattern={pattern!r})
"""


def own_gallery(folder: Path, jobs: int) -> Gallery:
    """Copy the documentation three times.

    sphinx-gallery alone would fail at tutorials that require what this machine lacks; it is told
    to leave them out.
    """
    names = []
    for script in sorted((DOCS / "tutorials").rglob("*.py")):
        if missing_here(read_script(script.read_text(encoding="utf-8")).requires, {}):
            names.append(script.stem)
    left_out = "|".join(names) or "(?!)"
    projects: list[Path] = []
    for name, parallel in (("plain", False), ("parallel", jobs), ("docent", None)):
        root = folder / "own" / name
        shutil.copytree(DOCS, root / "docs", ignore=shutil.ignore_patterns(*GENERATED))
        (root / ".git").mkdir()
        for beside in ("src", "pyproject.toml"):
            (root / beside).symlink_to(DOCS.parent / beside)
        if parallel is not None:
            pattern = rf"/(?!({left_out})\.py$)[^/]+\.py$"
            with (root / "docs" / "conf.py").open("a", encoding="utf-8") as conf:
                conf.write(_WITHOUT.format(parallel=parallel, pattern=pattern))
        projects.append(root)
    name, page = "the tutorials of this repository", "docs/guide/order.md"
    return Gallery(name, projects[0], projects[1], projects[2], page)
