"""The built site that is to be deployed: its facts, its files, and whether it may go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..built_site.build_info import BuildInfo, BuildInfoError, read_build_info, site_files
from .completeness import reasons_against
from .errors import DeployError, SiteError

Content = Path | bytes
"""What a file of the branch shall hold: what a file of this machine holds, or bytes."""


@dataclass(frozen=True, slots=True)
class Site:
    """A finished build.

    :param files: by their paths in the site.
    :param partial: what it lacks to be complete.
    """

    facts: BuildInfo
    files: Mapping[str, Content]
    partial: tuple[str, ...] = ()

    @property
    def colab_branch(self) -> str:
        """The branch that its Colab links name; empty without such links."""
        return self.facts.colab.get("branch", "")


def load_site(folder: Path, *, allow_partial: bool, reserved: Iterable[str]) -> Site:
    """The site in a folder.

    :param reserved: names that no file of it may have.
    :raises DeployError: there is none.
    :raises SiteError: it may not be published.
    """
    if not (folder / "index.html").is_file():
        raise DeployError(f"no site in {folder} yet: build it first, with: nox -s docs_full")
    try:
        facts = read_build_info(folder)
    except BuildInfoError as error:
        raise SiteError(f"{folder} {error}: build it again, with: nox -s docs_full") from None
    partial = reasons_against(facts)
    if partial and not allow_partial:
        raise SiteError(
            f"{folder} is not complete: {'; '.join(partial)}:"
            " build it with nox -s docs_full, or give --allow-partial"
        )
    return Site(facts, _files(folder, frozenset(reserved)), tuple(partial))


def bytes_of(content: Content) -> bytes:
    """The bytes of a content."""
    return content if isinstance(content, bytes) else content.read_bytes()


def _files(folder: Path, reserved: frozenset[str]) -> dict[str, Content]:
    files: dict[str, Content] = {}
    for name, path in site_files(folder):
        if path.is_symlink() or not path.is_file():
            raise SiteError(f"{path} is no plain file: put a copy in its place, and build again")
        if name in reserved:
            raise SiteError(f"{path}: the name is needed for the deployment: rename the file")
        files[name] = path
    return files
