"""Keeps passwords and tokens out of what people read."""

from __future__ import annotations

import re

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
