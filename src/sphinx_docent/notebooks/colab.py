"""Where a tutorial's notebook opens in Google Colab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..errors import DocentError

NOTEBOOKS = "_notebooks"
"""Folder of the site that holds every tutorial's notebook, under its page's name."""


@dataclass(frozen=True, slots=True)
class Colab:
    """The repository that the built site is published in.

    :param repository: ``owner/name`` on GitHub.
    :param path: folder of the site in the repository, without slashes at its ends.
    """

    repository: str
    branch: str
    path: str

    @classmethod
    def from_config(cls, value: dict[str, Any], version: str) -> Colab | None:
        """Check ``docent_colab``; ``None`` where it is not configured.

        :param version: replaces ``{version}`` in the path.
        :raises DocentError: a key is missing or unknown.
        """
        if not value:
            return None
        unknown = sorted(set(value) - {"repository", "branch", "path"})
        if unknown:
            raise DocentError(
                f"docent_colab: unknown key {unknown[0]!r}; known: repository, branch, path"
            )
        repository = str(value.get("repository", ""))
        if repository.count("/") != 1 or not all(repository.split("/")):
            raise DocentError(f"docent_colab: the repository is {repository!r}: write 'owner/name'")
        path = str(value.get("path", "")).replace("{version}", version)
        return cls(repository, str(value.get("branch", "main")), path.strip("/"))

    def url(self, page: str) -> str:
        """The address that opens the notebook of a page.

        :param page: docname.
        """
        file = "/".join(part for part in (self.path, NOTEBOOKS, f"{page}.ipynb") if part)
        return (
            f"https://colab.research.google.com/github/{self.repository}"
            f"/blob/{quote(self.branch)}/{quote(file)}"
        )
