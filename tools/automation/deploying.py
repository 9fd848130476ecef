"""``invoke deploy``: puts the built site on a branch."""

from __future__ import annotations

import subprocess

from invoke import Context, task

from .programs import docent, finish
from .project import LAYOUT, ROOT


@task(
    iterable=["alias"],
    help={
        "remote": "the site's repository: address, path or name; or the variable DOCENT_REMOTE",
        "branch": "where the site goes; if not given, the one that its Colab links name",
        "version": "dev, at docs/, or a release such as v1.2, at docs/v1.2/",
        "alias": "NAME, such as latest: leads to this version from now on (may be given again)",
        "dry-run": "check everything and list what would change, but push nothing",
        "squash": "leave the branch one commit, without its history",
        "allow-partial": "publish a site that is not complete; the branch says so",
        "adopt": "replace files in the version's folder that no deployment has put there",
    },
)
def deploy(
    _: Context,
    remote: str = "",
    branch: str = "",
    version: str = "dev",
    alias: list[str] | None = None,
    dry_run: bool = False,
    squash: bool = False,
    allow_partial: bool = False,
    adopt: bool = False,
) -> None:
    """Check the built site, and put it on a branch that is published.

    Only files of this version are touched. It is one commit, pushed without force: where it cannot
    be made or pushed, the branch stays as it was.
    """
    switches = {
        "--dry-run": dry_run,
        "--squash": squash,
        "--allow-partial": allow_partial,
        "--adopt": adopt,
    }
    command, environment = docent("deploy", LAYOUT.site.html)
    command += [f"--remote={remote}", f"--branch={branch}", f"--version={version}"]
    command += [f"--alias={name}" for name in alias or ()]
    command += [switch for switch, is_on in switches.items() if is_on]
    finish(subprocess.run(command, cwd=ROOT, env=environment, check=False))
