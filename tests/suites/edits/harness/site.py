"""A repository with a gallery, its environment, and builds of it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from ..harness.line import Line

_TOKEN = re.compile(r"CASE|@(?:ROOT|OUTSIDE|SITE|HOME|LINE)")

CONF = """\
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "lib2"))
sys.path.insert(0, str(HERE.parent / "lib"))
project = "site"
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "tutorials"]
html_theme = "basic"
docent_jobs = 2
SCRAPERS = []
RESETS = []
"""

SETTINGS = """\
sphinx_gallery_conf = {
    "examples_dirs": ["tutorials"],
    "gallery_dirs": ["gallery"],
    "filename_pattern": r"\\.py$",
    "image_scrapers": tuple(SCRAPERS),
    "reset_modules": tuple(RESETS),
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,
    **globals().get("MORE", {}),
}
"""

TUTORIAL = '''\
"""
Title of {title}
================

What it is about.
"""
{comments}
import time


def show(*values):
    print("CASE value:", *(f"[{{value}}]" for value in values))


{code}
print("CASE run:", f"[{{time.time_ns()}}]")
'''

TELL = """\
def tell(word):
    import socket

    with socket.socket(socket.AF_UNIX) as line:
        line.connect("\\0@LINE")
        line.sendall(f"CASE {word}".encode())
        line.recv(1)
"""

IGNORED = "_build/\n/docs/gallery/\nsg_execution_times.rst\n__pycache__/\n"


@dataclass(frozen=True)
class Python:
    """The interpreter that builds, and what is said of it.

    :param base: the interpreter that its virtual environment was made of.
    :param site: the folders of its packages.
    """

    executable: str
    base: str
    version: str
    include: str
    suffix: str
    site: Sequence[str]

    @classmethod
    def at(cls, executable: str) -> Python:
        """Ask an interpreter about itself."""
        command = (
            "import json, os, site, sys, sysconfig as s; print(json.dumps({"
            "'base': os.path.realpath(sys.executable), 'site': site.getsitepackages(),"
            "'version': '.'.join(map(str, sys.version_info[:3])),"
            "'include': s.get_path('include'), 'suffix': s.get_config_var('EXT_SUFFIX')}))"
        )
        said = subprocess.run([executable, "-c", command], check=True, capture_output=True)
        return cls(executable, **json.loads(said.stdout))


@dataclass(frozen=True)
class Build:
    """What one build gave.

    :param tutorials: the report's entries by file name without ending.
    """

    code: int
    output: str
    tutorials: Mapping[str, Mapping[str, Any]]

    @property
    def executed(self) -> set[str]:
        """The tutorials that were executed, by the report."""
        return {name for name, entry in self.tutorials.items() if entry["action"] == "execute"}


class Site:
    """A repository in a temporary folder.

    :param folder: is made; holds the repository and all that stands beside it.
    :param root: name of the repository's folder.
    :param cache: folder for what libraries keep, common to all sites.
    """

    def __init__(self, folder: Path, python: Python, root: str, cache: Path) -> None:
        self.folder = folder
        self.python = python
        self.root = folder / root
        self.alias: Path | None = None
        self.outside = folder / "outside"
        self.home = folder / "home"
        self.packages = folder / "env" / "lib" / f"python{python.version[:4]}" / "site-packages"
        self.env = _environment(self.home, cache)
        self.line = Line(f"docent-edits-{uuid.uuid4().hex}")
        for place in (self.root, self.outside, self.home):
            place.mkdir(parents=True)
        self._make_environment()
        self.write(".gitignore", IGNORED)
        self.write("docs/index.rst", "Site\n====\n\n.. toctree::\n\n   gallery/index\n")
        self.write("docs/tutorials/GALLERY_HEADER.rst", "Gallery\n=======\n\nThe gallery.\n")
        self.write("lib/README", "")
        self.write("lib2/README", "")

    def path(self, name: str, case: str = "") -> Path:
        """A path of a case: relative to the repository's root, or with ``@OUTSIDE`` and such."""
        return self.root / self.text(name, case)

    def text(self, text: str, case: str) -> str:
        """A text of a case, filled in."""
        values = {
            "CASE": case,
            "@ROOT": str(self.root),
            "@OUTSIDE": str(self.outside),
            "@SITE": str(self.packages),
            "@HOME": str(self.home),
            "@LINE": self.line.address,
        }
        return _TOKEN.sub(lambda token: values[token[0]], text)

    def write(self, path: str, content: str | bytes, case: str = "") -> None:
        """Write a file."""
        file = self.path(path, case)
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(self.text(content, case), encoding="utf-8")

    def tutorial(self, stem: str, code: str, case: str, comments: str = "") -> None:
        """Write a tutorial."""
        code = dedent(code).strip("\n")
        if "tell(" in code:
            code = f"{TELL}\n\n{code}"
        title = re.sub(r"\W", " ", stem)[:60].strip()
        text = TUTORIAL.format(title=title, comments=comments, code=code)
        self.write(f"docs/tutorials/{self.text(stem, case)}.py", text, case)

    def commit(self) -> None:
        """Commit all files."""
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All", "--allow-empty"]):
            subprocess.run(["git", *words], cwd=self.root, env=self.env, check=True)

    def build(self, *options: str, builder: str = "html") -> Build:
        """Run ``sphinx-build`` in the repository's root."""
        root = self.alias or self.root
        report = self.root / "docs" / "_build" / "docent" / "report.json"
        report.unlink(missing_ok=True)
        python = self.folder / "env" / "bin" / "python"
        command = [str(python), "-m", "sphinx", "-b", builder, *options]
        done = subprocess.run(
            [*command, root / "docs", root / "docs" / "_build" / builder],
            cwd=root,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=900,
            check=False,
        )
        entries = json.loads(report.read_bytes())["tutorials"] if report.is_file() else []
        stems = {entry["path"].rpartition("/")[2].removesuffix(".py"): entry for entry in entries}
        return Build(done.returncode, done.stdout.decode(errors="replace"), stems)

    def page(self, stem: str) -> str:
        """What a reader of a tutorial's page reads; empty if there is no page."""
        file = self.root / "docs" / "_build" / "html" / "gallery" / f"{stem}.html"
        if not file.is_file():
            return ""
        return html.unescape(re.sub(r"<[^>]+>", "", file.read_text(encoding="utf-8")))

    def end(self, *, keep: bool) -> None:
        """Stop listening, and remove everything."""
        self.line.close()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _make_environment(self) -> None:
        """A virtual environment that has what the given interpreter has, and room for more."""
        self.packages.mkdir(parents=True)
        (self.folder / "env" / "bin").mkdir()
        (self.folder / "env" / "bin" / "python").symlink_to(self.python.base)
        home = os.path.dirname(self.python.base)
        settings = f"home = {home}\ninclude-system-site-packages = false\n"
        (self.folder / "env" / "pyvenv.cfg").write_text(settings, encoding="utf-8")
        lines = [f"import site; site.addsitedir({folder!r})" for folder in self.python.site]
        (self.packages / "base.pth").write_text("\n".join(lines), encoding="utf-8")


def _environment(home: Path, cache: Path) -> dict[str, str]:
    taken = ("PATH", "PYTHONPATH", "TMPDIR", "DOCENT_ISOLATION", "OPENBLAS_CORETYPE")
    return {
        **{name: os.environ[name] for name in taken if name in os.environ},
        "HOME": str(home),
        "XDG_CACHE_HOME": str(cache),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "NO_COLOR": "1",
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@example.org",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@example.org",
    }
