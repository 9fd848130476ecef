"""Real git, run as somebody."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.helpers.sites import Site


def git(folder: Path, *words: str, given: bytes = b"", **variables: str) -> str:
    """What git answers; it must succeed."""
    identity = ("-c", "user.name=someone", "-c", "user.email=someone@localhost")
    command = ["git", *identity, "-C", str(folder), *words]
    environment = {**os.environ, **variables}
    done = subprocess.run(command, env=environment, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(errors="surrogateescape")


def commit(site: Site) -> None:
    """Make the site a real repository whose files are all committed."""
    site.write(".gitignore", "_build/\n/docs/gallery/\nsg_execution_times.rst\nruns.log\n")
    (site.root / ".git").rmdir()
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "All")
