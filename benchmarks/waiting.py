"""A gallery of tutorials that do nothing but wait, as one does for a device."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_CONF = """\
project = "waiting"
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "examples"]
html_theme = "basic"
sphinx_gallery_conf = {
    "examples_dirs": ["examples"],
    "gallery_dirs": ["gallery"],
    "image_scrapers": (),
    "reset_modules": (),
    "download_all_examples": False,
}
"""


def waiting_gallery(root: Path, seconds: Iterable[float]) -> Path:
    """Write a project with a tutorial for each number.

    :returns: the project's root.
    """
    docs = root / "docs"
    examples = docs / "examples"
    examples.mkdir(parents=True)
    (root / ".git").mkdir()
    (docs / "conf.py").write_text(_CONF, encoding="utf-8")
    index = "Site\n====\n\n.. toctree::\n\n   gallery/index\n"
    (docs / "index.rst").write_text(index, encoding="utf-8")
    (examples / "GALLERY_HEADER.rst").write_text("Gallery\n=======\n", encoding="utf-8")
    for number, wait in enumerate(seconds):
        code = f'"""\nTutorial {number}\n===========\n"""\nimport time\n\ntime.sleep({wait})\n'
        (examples / f"plot_{number:02}.py").write_text(code, encoding="utf-8")
    return root
