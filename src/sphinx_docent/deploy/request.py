"""What a deployment was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .layout import DEFAULT_LAYOUT, Layout, is_preview


@dataclass(frozen=True, slots=True)
class DeployRequest:
    """The words of the command line.

    :param site: the folder of the built site.
    :param branch: empty for the one that the site's Colab links name, or else ``gh-pages``.
    :param remote: an address, a path, or the name of a remote of the repository around it.
    :param aliases: further names that shall lead to this version from now on.
    :param newest_aliases: names that shall do so if no newer release is on the branch.
    :param allow_partial: publish a site that is not complete, and say so.
    :param adopt: take over what stands in the version's folder though nobody knows from whom.
    :param force_alias: let an alias lead to an older version than it does.
    :param remove: take the version off the branch; it is a preview.
    :param layout: the folders of the project's versions.
    :param summary: a file to write what was deployed to, for programs.
    """

    site: Path
    remote: str
    branch: str
    version: str
    aliases: tuple[str, ...] = ()
    newest_aliases: tuple[str, ...] = ()
    dry_run: bool = False
    squash: bool = False
    allow_partial: bool = False
    adopt: bool = False
    force_alias: bool = False
    remove: bool = False
    layout: Layout = DEFAULT_LAYOUT
    summary: Path | None = None

    @property
    def is_preview(self) -> bool:
        """Whether it is about the preview of a pull request."""
        return is_preview(self.version)
