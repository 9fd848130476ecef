"""Why nothing was deployed, in one line for the person who asked."""

from __future__ import annotations

from collections.abc import Iterable


class DeployError(Exception):
    """The command cannot be carried out; the branch is as it was."""


class SiteError(DeployError):
    """The site is not fit to be published.

    :param details: a line for each single thing that is wrong.
    """

    def __init__(self, message: str, details: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.details = tuple(details)
