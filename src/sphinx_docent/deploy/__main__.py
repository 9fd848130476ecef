"""The command line of ``deploy``: reads it, and says in one line what is wrong."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ..git.errors import GitError
from ..git.redaction import redacted
from .deployment import deploy
from .errors import DeployError, SiteError
from .layout import DEFAULT_LAYOUT, Layout
from .request import DeployRequest

REMOTE_VARIABLE = "DOCENT_REMOTE"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise DeployError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Deploy a site.

    :param arguments: the command line's words; those of the process by default.
    :returns: the exit code: 0; 1 if the site is not fit to be published; 2 for all else.
    """
    remote = ""
    try:
        options = _parser().parse_args(arguments)
        remote = options.remote or os.environ.get(REMOTE_VARIABLE, "")
        for line in deploy(_request(options, remote)):
            print(redacted(line, remote), flush=True)
    except SiteError as error:
        print(*error.details, sep="\n", end="\n" if error.details else "", file=sys.stderr)
        return _tell(str(error), 1)
    except (DeployError, GitError) as error:
        return _tell(redacted(str(error), remote), 2)
    except OSError as error:
        what = "no space is left" if error.errno == errno.ENOSPC else str(error.strerror or error)
        where = f": {error.filename}" if error.filename else ""
        return _tell(redacted(f"{what}{where}; the branch is as it was", remote), 2)
    except KeyboardInterrupt:
        return _tell("interrupted", 130)
    return 0


def _request(options: argparse.Namespace, remote: str) -> DeployRequest:
    if not remote:
        raise DeployError(
            f"no remote given: name the site's repository with --remote or {REMOTE_VARIABLE}"
        )
    return DeployRequest(
        options.site,
        remote,
        options.branch,
        options.version,
        tuple(dict.fromkeys(options.alias)),
        dry_run=options.dry_run,
        squash=options.squash,
        allow_partial=options.allow_partial,
        adopt=options.adopt,
        newest_aliases=tuple(dict.fromkeys(options.alias_if_newest)),
        force_alias=options.force_alias,
        remove=options.remove,
        layout=Layout(options.development_folder, options.release_folder, options.preview_folder),
        summary=options.summary,
    )


def _tell(message: str, code: int) -> int:
    sys.stdout.flush()
    print(f"deploy: {message}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m sphinx_docent.deploy",
        description="Put a built site on a branch of a git repository.",
    )
    add, ours = parser.add_argument, DEFAULT_LAYOUT
    add("site", type=Path, help="the folder that holds index.html")
    add("--remote", default="", help=f"address or path (the variable {REMOTE_VARIABLE})")
    add("--branch", default="", help="of the remote (the one that the Colab links name)")
    add("--version", default="dev", help="dev, v1.2, or pr-12, a preview (%(default)s)")
    add("--alias", action="append", default=[], help="another name that leads to the version")
    newest = "the same, if no newer release is there"
    add("--alias-if-newest", action="append", default=[], metavar="ALIAS", help=newest)
    add("--force-alias", action="store_true", help="let it lead to an older version than it does")
    add("--remove", action="store_true", help="take a preview away")
    add("--dry-run", action="store_true", help="list what would change")
    add("--squash", action="store_true", help="leave the branch one commit and no history")
    add("--allow-partial", action="store_true", help="publish a site that is not complete")
    add("--adopt", action="store_true", help="replace what others have put in the folder")
    add("--development-folder", default=ours.development, help="of dev (%(default)s)")
    add("--release-folder", default=ours.release, help="of a release (%(default)s)")
    add("--preview-folder", default=ours.preview, help="of a preview (%(default)s)")
    add("--summary", type=Path, help="a JSON file to write what was deployed to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
