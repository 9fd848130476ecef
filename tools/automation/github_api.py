"""Asks GitHub, as a workflow may: its address, repository and token are in the environment."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from invoke import Exit

PAGE = 100


def ask(method: str, path: str, data: Any = None) -> Any:
    """What GitHub answers about the repository.

    :param path: below the repository's own.
    :param data: to be sent as JSON.
    :raises Exit: there is no answer, or it is a refusal.
    """
    token, repository = (os.environ.get(n, "") for n in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"))
    if not token or not repository:
        message = "GITHUB_TOKEN and GITHUB_REPOSITORY are needed: this is for workflows on GitHub"
        raise Exit(message, code=2)
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    request = urllib.request.Request(  # noqa: S310
        f"{api}/repos/{repository}/{path}",
        json.dumps(data).encode() if data is not None else None,
        {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Exit(f"GitHub refuses {method} {path}: {error.code} {error.reason}", code=2) from None
    except (OSError, ValueError) as error:
        raise Exit(f"GitHub does not answer {method} {path}: {error}", code=2) from None


def ask_all(path: str, **query: str) -> Iterator[Any]:
    """All entries of a list, however many pages it has."""
    number = 1
    while True:
        words = urlencode({**query, "per_page": PAGE, "page": number})
        entries = ask("GET", f"{path}?{words}")
        yield from entries
        if len(entries) < PAGE:
            return
        number += 1
