"""``invoke tutorials``: lists what a full build would do."""

from __future__ import annotations

import subprocess

from invoke import Context, task

from .programs import finish, prepare, session_environment, session_python
from .project import LAYOUT, ROOT


@task
def tutorials(_: Context) -> None:
    """Show what a full build would do with each tutorial, and why."""
    python = session_python("docs_full")
    environment = session_environment(python)
    prepare(environment)
    command = [python, "-m", "sphinx", "-q", "-b", "tutorials", "-D", "docent_execute=all"]
    for site in LAYOUT.sites:
        folders = [site.documentation, f"{site.build}/tutorials"]
        done = subprocess.run([*command, *folders], cwd=ROOT, env=environment, check=False)
        finish(done)
