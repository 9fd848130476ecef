"""``invoke cache``: looks after the kept results."""

from __future__ import annotations

import subprocess

from invoke import Context, task

from .programs import docent, finish
from .project import LAYOUT, ROOT


@task(
    iterable=["merge"],
    help={
        "merge": "DIR: take the results of another cache, after verifying them (may be repeated)",
        "verify": "read and check every result; exit 1 if one is damaged",
        "prune": "remove what was not used for longest; with --verify, also what is damaged",
        "size": "with --prune: how many MiB may stay",
        "folder": "where the results lie; as the last build says by default",
    },
)
def cache(
    _: Context,
    merge: list[str] | None = None,
    verify: bool = False,
    prune: bool = False,
    size: str = "4096",
    folder: str = "",
) -> None:
    """Show, check, merge or remove the kept results of tutorials."""
    words = [LAYOUT.site.state, "--size", size, *(["--folder", folder] if folder else [])]
    words += [word for other in merge or [] for word in ("--merge", other)]
    words += [f"--{name}" for name, on in (("verify", verify), ("prune", prune)) if on]
    command, environment = docent("cache", *words)
    finish(subprocess.run(command, cwd=ROOT, env=environment, check=False))
