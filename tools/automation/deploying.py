"""``invoke deploy``: puts the built site on a branch."""

from __future__ import annotations

import subprocess

from invoke import Context, task

from .programs import docent, finish
from .project import LAYOUT, ROOT


@task(
    iterable=["alias", "alias_if_newest"],
    help={
        "remote": "the site's repository: address, path or name; or the variable DOCENT_REMOTE",
        "branch": "where the site goes; if not given, the one that its Colab links name",
        "version": "dev; a release such as v1.2; or a preview of a pull request, such as pr-12",
        "alias": "NAME, such as latest: leads to this version from now on (may be given again)",
        "alias-if-newest": "NAME: the same, if no newer release is on the branch",
        "force-alias": "let an alias lead to an older version than it does",
        "site": "the folder of the built site; that of nox -s docs_full by default",
        "remove": "take a preview away again",
        "summary": "FILE: write what was deployed to it, as JSON",
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
    alias_if_newest: list[str] | None = None,
    force_alias: bool = False,
    site: str = "",
    remove: bool = False,
    summary: str = "",
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
        "--force-alias": force_alias,
        "--remove": remove,
    }
    command, environment = docent("deploy", site or LAYOUT.site.html, *published_folders())
    command += [f"--remote={remote}", f"--branch={branch}", f"--version={version}"]
    command += [f"--alias={name}" for name in alias or ()]
    command += [f"--alias-if-newest={name}" for name in alias_if_newest or ()]
    command += [f"--summary={summary}"] if summary else []
    command += [switch for switch, is_on in switches.items() if is_on]
    finish(subprocess.run(command, cwd=ROOT, env=environment, check=False))


def published_folders() -> list[str]:
    """The flags that say where the project's versions lie on the branch."""
    folders = LAYOUT.published
    return [
        f"--development-folder={folders.development}",
        f"--release-folder={folders.release}",
        f"--preview-folder={folders.preview}",
    ]
