"""Where things go on the branch: development at ``docs/``, a release at ``docs/v1.2/``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from .errors import DeployError

DOCS = "docs"
DEVELOPMENT = "dev"
VERSIONS = f"{DOCS}/versions.json"
MANIFEST = "deployment.json"
COMMIT = "commit_hash"
DEPLOYED_SCRIPT = "_static/docent-deployed.js"
"""Where the version switcher looks for what only the deployment knows."""

OF_THE_BUILD = "_docent/"
"""Folder of the site that tells of its build: it differs though nothing else does."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


def folder_of(name: str) -> str:
    """The folder of a version or an alias, without slashes at its ends.

    :raises DeployError: it is no name for a folder.
    """
    if not _NAME.fullmatch(name) or name.endswith((".", ".lock")):
        raise DeployError(
            f"{name!r} cannot be a version: write it like dev, v1.2 or latest,"
            " with letters, digits and . _ + -"
        )
    return DOCS if name == DEVELOPMENT else f"{DOCS}/{name}"


def base_path(base_url: str, folder: str) -> str:
    """The path in an address at which the branch's root is served, with slashes at its ends.

    :param base_url: the address of the version, as the project has configured it, or empty.
    :returns: ``/`` if the address does not tell.
    """
    return _base(base_url, folder) or "/"


def root_url(base_url: str, folder: str) -> str:
    """The address of the branch's root, with a slash at its end; empty if it is not known."""
    parts = urlsplit(base_url)
    base = _base(base_url, folder)
    return f"{parts.scheme}://{parts.netloc}{base}" if parts.netloc and base else ""


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path on the branch lies in, the outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def _base(base_url: str, folder: str) -> str:
    path = urlsplit(base_url).path.strip("/")
    for ending in (folder, DOCS):
        if path == ending or path.endswith(f"/{ending}"):
            path = path.removesuffix(ending).strip("/")
            return f"/{path}/" if path else "/"
    return ""
