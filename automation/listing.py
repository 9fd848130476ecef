"""``invoke tutorials``: lists what a full build would do."""

from __future__ import annotations

import subprocess

from invoke import Context, task

from .layout import ROOT
from .programs import finish, session_python


@task
def tutorials(_: Context) -> None:
    """Show what a full build would do with each tutorial, and why."""
    python = session_python("docs_full")
    command = [python, "-m", "sphinx", "-q", "-b", "tutorials", "-D", "docent_execute=all"]
    finish(subprocess.run([*command, "docs", "docs/_build/tutorials"], cwd=ROOT, check=False))
