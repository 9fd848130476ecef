"""A project of others: ``doc/source``, a gallery beside it, requirements of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from textwrap import dedent

from tests.helpers.repository import ROOT

FILES = {
    "pyproject.toml": """\
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "wavelet"
        version = "0.3.dev0"
        requires-python = ">=3.11"
        dependencies = ["iniconfig"]

        [tool.hatch.build.targets.wheel]
        packages = ["lib/wavelet"]
        """,
    "requirements/default.txt": "pluggy\n",
    "requirements/docs.txt": "-r default.txt\nsphinx>=8.1\nsphinx-gallery>=0.20\n",
    "lib/wavelet/__init__.py": "def haar(values):\n    return [v / 2 for v in values]\n",
    "doc/Makefile": "BUILDDIR = build\nclean:\n\trm -rf build\n",
    "doc/source/conf.py": """\
        import wavelet

        project = "wavelet"
        extensions = [
            "sphinx.ext.autodoc",
            "sphinx_gallery.gen_gallery",
        ]
        html_theme = "basic"
        sphinx_gallery_conf = {
            "examples_dirs": "../../examples",
            "gallery_dirs": "auto_examples",
        }
        """,
    "doc/source/index.rst": "Wavelet\n=======\n\n.. toctree::\n\n   auto_examples/index\n",
    "examples/README.rst": "Examples\n========\n\nThem.\n",
    "examples/plot_haar.py": """\
        \"\"\"
        Haar
        ====

        Halves.
        \"\"\"
        import wavelet

        print("halved:", wavelet.haar([1, 2, 3]))
        """,
}


def make(root: Path) -> Path:
    """A repository with one commit."""
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root)
    return root


def commit(root: Path) -> None:
    """Commit all that is there."""
    git(root, "add", "--all")
    git(root, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "x")


def git(root: Path, *words: str) -> str:
    """Run git in the project."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def template(folder: Path) -> Path:
    """A clone of this repository as it is now, edits included."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in listed:
        source = ROOT / name
        if name and source.is_file() and not name.startswith(("tests/", "docs/", "benchmarks/")):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    git(folder, "init", "--quiet")
    commit(folder)
    return folder
