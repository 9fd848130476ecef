"""Why nothing was deployed, in one line for the person who asked."""

from __future__ import annotations

import re
from collections.abc import Iterable


class DeployError(Exception):
    """The command cannot be carried out; the branch is as it was."""

    code = 2


class SiteError(DeployError):
    """The site is not fit to be published.

    :param details: a line for each single thing that is wrong.
    """

    code = 1

    def __init__(self, message: str, details: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.details = tuple(details)


_IN_URL = re.compile(r"(?<=://)[^/\s@]+@")
_TOKEN = re.compile(r"(?i)\b((?:access_|private_|auth_?)?token|password|secret|key)=[^&\s'\"]+")


def redacted(text: str, *addresses: str) -> str:
    """The text without what only this machine and the remote may know.

    :param addresses: whose user names and passwords must not be seen, alone or in an address.
    """
    for address in addresses:
        found = re.search(r"://([^/\s@]+)@", address)
        for part in sorted(found[1].split(":") if found else (), key=len, reverse=True):
            if len(part) > 3:
                text = text.replace(part, "***")
    return _TOKEN.sub(r"\1=***", _IN_URL.sub("***@", text))
