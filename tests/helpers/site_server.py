"""``python -m sphinx_docent.serve``, and what it answers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.helpers.sites import environment

MISSING_PAGE = "<h1>no such page</h1>"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "sphinx_docent.serve", *words]


def fails(*words: str) -> str:
    """The one line of a server that does not start."""
    done = subprocess.run(
        command(*words), env=environment(), capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@contextmanager
def serving_site(site: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running server, and the port that it says it listens at."""
    with subprocess.Popen(
        command("--port", "0", str(site)),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            match = re.search(r"http://localhost:(\d+) ", process.stdout.readline())
            assert match
            yield process, int(match[1])
        finally:
            process.kill()


def ask(port: int, target: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    """Send the target exactly as it stands, as no browser would."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, target)
        response = connection.getresponse()
        return response, response.read()
