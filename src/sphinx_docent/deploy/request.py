"""What a deployment was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DeployRequest:
    """The words of the command line.

    :param site: the folder of the built site.
    :param branch: empty for the one that the site's Colab links name, or else ``gh-pages``.
    :param remote: an address, a path, or the name of a remote of the repository around it.
    :param aliases: further names that shall lead to this version from now on.
    :param allow_partial: publish a site that is not complete, and say so.
    :param adopt: take over what stands in the version's folder though nobody knows from whom.
    """

    site: Path
    remote: str
    branch: str
    version: str
    aliases: tuple[str, ...] = ()
    dry_run: bool = False
    squash: bool = False
    allow_partial: bool = False
    adopt: bool = False
