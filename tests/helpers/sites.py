"""A small real site, built by ``sphinx-build`` in a process of its own."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import sphinx
from tests.helpers.repository import SRC

ALL = ("-D", "docent_execute=all")
NONE = ("-D", "docent_execute=none")

CONF = """\
project = "site"
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "tutorials"]
html_theme = "basic"
sphinx_gallery_conf = {
    "examples_dirs": ["tutorials"],
    "gallery_dirs": ["gallery"],
    "filename_pattern": r"\\.py$",
    "image_scrapers": (),
    "reset_modules": (),
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,
}
"""


@dataclass(frozen=True)
class Build:
    """What one run of ``sphinx-build`` gave.

    :param runs: the tutorials that really ran, sorted.
    """

    code: int
    output: str
    out: Path
    report: dict[str, Any]
    runs: list[str]

    @property
    def actions(self) -> dict[str, str]:
        """The action of every tutorial, by its file name without ending."""
        return {Path(entry["path"]).stem: entry["action"] for entry in self.report["tutorials"]}

    @property
    def places(self) -> list[str]:
        """``file:line`` of every diagnostic."""
        return [f"{found['file']}:{found['line']}" for found in self.report["diagnostics"]]

    @property
    def found(self) -> list[tuple[str, int, str, str]]:
        """Every diagnostic."""
        return [
            (entry["file"], entry["line"], entry["category"], entry["message"])
            for entry in self.report["diagnostics"]
        ]

    def tutorial(self, name: str) -> dict[str, Any]:
        """The report's entry of a tutorial."""
        (entry,) = (e for e in self.report["tutorials"] if Path(e["path"]).stem == name)
        return dict(entry)

    def html(self, page: str) -> str:
        """A page's HTML."""
        return (self.out / f"{page}.html").read_text(encoding="utf-8")

    def text(self, page: str) -> str:
        """What a reader of a page reads."""
        body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", "", self.html(page))
        return html.unescape(re.sub(r"<[^>]+>", "", body))

    def is_executed(self, *names: str) -> bool:
        """Whether pages show what their tutorials print."""
        return all(f"output of {name}" in self.text(f"gallery/{name}") for name in names)

    def is_unexecuted(self, *names: str) -> bool:
        """Whether pages are there, with text and code, without output."""
        return all(
            f"What {name} is about." in self.text(f"gallery/{name}")
            and f'log.write("{name}' in self.text(f"gallery/{name}")
            and f"output of {name}" not in self.text(f"gallery/{name}")
            for name in names
        )


class Site:
    """A documentation project in a temporary folder: ``docs/`` in a repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        (root / ".git").mkdir(parents=True)
        self.log = root.with_name(f"{root.name}-runs.log")
        self.state = self.docs / "_build" / "docent"
        self.write("docs/conf.py", CONF)
        self.write("docs/index.rst", "Site\n====\n\n.. toctree::\n\n   gallery/index\n")
        self.write("docs/tutorials/GALLERY_HEADER.rst", "Gallery\n=======\n\nThe gallery.\n")

    def write(self, path: str, text: str) -> None:
        """Write a file, its indentation taken off."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        """Add to the end of a file."""
        file = self.root / path
        file.write_text(file.read_text(encoding="utf-8") + dedent(text), encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit a file."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def configure(self, text: str) -> None:
        """Add to ``conf.py``."""
        self.append("docs/conf.py", text)

    def tutorial(
        self, name: str, code: str = "", *, text: str = "Some text.", comments: str = ""
    ) -> str:
        """Write a tutorial that says when it runs; its output is only on an executed page.

        It asks ``posix`` where, because what it asks ``os`` for is an input of its result.

        :param name: relative to ``docs/tutorials``, without ending.
        :param text: reST of its second block.
        :returns: its path from the repository's root.
        """
        stem = name.rpartition("/")[2]
        title = f"Title of {stem}"
        rows = [
            '"""',
            title,
            "=" * len(title),
            "",
            f"What {stem} is about.",
            '"""',
            *dedent(comments).strip().splitlines(),
            "",
            "import os",
            "import posix",
            "",
            'with open(posix.environ[b"RUNS"].decode(), "a") as log:',
            f'    log.write("{stem}\\n")',
            f'print("output of", "{stem}")',
            "",
            "# %%",
            *(f"# {row}".rstrip() for row in dedent(text).strip("\n").splitlines()),
            "",
            dedent(code).strip() or "done = True",
            "",
        ]
        path = f"docs/tutorials/{name}.py"
        self.write(path, "\n".join(rows))
        return path

    def with_matplotlib(self) -> None:
        """Let tutorials draw."""
        self.replace("docs/conf.py", '"image_scrapers": ()', '"image_scrapers": ("matplotlib",)')

    def line(self, path: str, words: str) -> int:
        """The line of a file that holds some words; they must be in one alone."""
        rows = (self.root / path).read_text(encoding="utf-8").splitlines()
        (number,) = (number for number, row in enumerate(rows, 1) if words in row)
        return number

    def build(
        self,
        *options: str,
        builder: str = "html",
        out: str = "",
        env: dict[str, str] | None = None,
        timeout: float = 120,
        python: str = sys.executable,
        cwd: Path | None = None,
    ) -> Build:
        """Run ``sphinx-build``.

        :param out: name of the folder in ``docs/_build``; the builder's name if not given.
        :param env: variables beside those of this process.
        :param cwd: where the command is given; this process's folder if not given.
        """
        self.log.write_text("")
        report = self.state / "report.json"
        report.unlink(missing_ok=True)
        folder = self.docs / "_build" / (out or builder)
        command = [python, "-m", "sphinx", "-b", builder, *options]
        done = subprocess.run(
            [*command, str(self.docs), str(folder)],
            env=environment(RUNS=str(self.log), **(env or {})),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Build(
            done.returncode,
            done.stdout,
            folder,
            json.loads(report.read_bytes()) if report.is_file() else {},
            sorted(self.log.read_text().split()) if self.log.is_file() else [],
        )

    def executed(self) -> set[str]:
        """The paths of the tutorials that the last build executed, from its report."""
        report = json.loads((self.state / "report.json").read_bytes())
        return {entry["path"] for entry in report["tutorials"] if entry["action"] == "execute"}

    def precheck(self, *options: str, out: str = "", env: dict[str, str] | None = None) -> Build:
        """Run the precheck."""
        return self.build(*options, builder="precheck", out=out, env=env)


def environment(**more: str) -> dict[str, str]:
    """Variables for a build, without those of the outer test run that would reach into it."""
    unwanted = {
        "CUDA_VISIBLE_DEVICES",
        "DOCENT_EXECUTE",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "PYTHONDONTWRITEBYTECODE",
        "SPHINXOPTS",
        "TVM_TUTORIAL_EXEC_PATTERN",
    }
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.endswith("_NUM_THREADS")
    }
    ours = {"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return {**kept, **ours, **more}


def named(category: str) -> str:
    """The category of a warning that had none in Sphinx 8.1."""
    return category if sphinx.version_info >= (8, 2) else ""
