"""A project of one page, with our noxfile and tasks: what sessions and tasks are tried on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tests.helpers import servers
from tests.helpers.repository import ROOT

CONF = """
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
project = "tiny"
extensions = ["tiny_extension"]
html_theme = "basic"
"""

EXTENSION = """
import time
from pathlib import Path

from sphinx.builders.dummy import DummyBuilder


class Precheck(DummyBuilder):
    name = "precheck"


class Tutorials(DummyBuilder):
    name = "tutorials"

    def finish(self):
        print("a table of tutorials")


class Notebooks(DummyBuilder):
    name = "notebooks"


def remember(app):
    values = [app.builder.name, app.config.docent_execute, app.config.docent_jobs]
    with Path(app.confdir, "..", "builds.txt").resolve().open("a") as file:
        file.write(f"{values}\\n")
    generated = Path(app.srcdir, "gallery", "made.txt")
    generated.parent.mkdir(exist_ok=True)
    generated.write_text(str(time.time()))
    # As sphinx-gallery does it.
    times = generated.parent.with_name("sg_execution_times.rst.new")
    times.write_text(f":orphan:\\n\\n{time.time()}\\n")
    times.replace(times.with_suffix(""))


def setup(app):
    app.add_config_value("docent_execute", "none", "")
    app.add_config_value("docent_jobs", "auto", "")
    app.add_builder(Precheck)
    app.add_builder(Tutorials)
    app.add_builder(Notebooks)
    app.connect("builder-inited", remember)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""

LAYOUT = """
[tool.docent]
pythonpath = ["src"]
generated = ["docs/gallery", "docs/gen_modules"]
sessions = "tools/sessions.py"
"""

PAGE = "Front\n=====\n\nThe first words.\n"


def make(folder: Path) -> Path:
    """A project whose environments hold Sphinx and no more than the precheck needs."""
    copy_automation(folder)
    (folder / "requirements").mkdir()
    for name in ("precheck", "docs", "notebooks"):
        lock = ROOT / "requirements" / "precheck.txt"
        shutil.copyfile(lock, folder / "requirements" / f"{name}.txt")
    shutil.copytree(
        ROOT / "src",
        folder / "src",
        ignore=lambda _, names: [n for n in names if n == "__pycache__"],
    )
    (folder / "docs").mkdir()
    (folder / "docs" / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "docs" / "tiny_extension.py").write_text(EXTENSION, encoding="utf-8")
    (folder / "docs" / "index.rst").write_text(PAGE, encoding="utf-8")
    return folder


def copy_automation(folder: Path) -> None:
    """Copy the noxfile and the tasks."""
    for name in ("noxfile.py", "tasks.py"):
        shutil.copyfile(ROOT / name, folder / name)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=ignored)
    (folder / "pyproject.toml").write_text(LAYOUT, encoding="utf-8")


def make_environments(temporary: Path) -> Path:
    """The environments that every such project can use as its ``.nox``: it is but one.

    :param temporary: the folder of all temporary folders of this test process.
    """
    folder = temporary / "environments"
    if folder.exists():
        return folder / ".nox"
    folder.mkdir()
    project = make(folder)
    done = nox(project, "docs_precheck", "--install-only")
    assert done.returncode == 0, done
    for session in ("docs_pattern", "docs_full", "docs_notebooks"):
        (project / ".nox" / session).symlink_to("docs_precheck")
    return project / ".nox"


def lock_of(*names: str) -> str:
    """The part of our own lock that pins these packages, hashes and all."""
    text = (ROOT / "requirements" / "tests.txt").read_text(encoding="utf-8")
    entries = [re.search(rf"^{name}==.*(?:\n    .*)*", text, re.MULTILINE) for name in names]
    return "".join(f"{entry[0]}\n" for entry in entries if entry)


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, without those that would reach into the inner Nox."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("NOX_", "UV_PYTHON"))}
    return {k: v for k, v in inherited.items() if k != "VIRTUAL_ENV"} | changes


def run(project: Path, tool: str, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``nox`` or ``invoke`` in the project, and wait."""
    return subprocess.run(
        [sys.executable, "-m", tool, *words],
        cwd=project,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def nox(project: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``nox -s WORDS``."""
    return run(project, "nox", "-s", *words, **changes)


def invoke(project: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``invoke WORDS``."""
    return run(project, "invoke", *words, **changes)


def serve(project: Path, *flags: str) -> AbstractContextManager[servers.Server]:
    """``invoke serve FLAGS`` in a process of its own, once it answers."""
    command = [sys.executable, "-m", "invoke", "serve", *flags]
    return servers.serving(command, project, environment())
