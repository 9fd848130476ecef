"""Servers that a person starts from the command line, each in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.processes import wait_until


@dataclass(frozen=True)
class Server:
    """One that answers.

    :param log: all that it prints.
    """

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def wait_for_page(self, words: str, seconds: float = 60) -> None:
        """Wait until its first page holds some words."""

        def look() -> bool:
            with suppress(OSError):
                return words in page(self.url)
            return False

        assert wait_until(look, seconds, pause=0.1), self.log.read_text("utf-8")


@contextmanager
def serving(command: list[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """A server, once it answers; if it still runs, it and what it started end with the block.

    :param folder: where it is run.
    """
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Server(process, _address(log), log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=20)


def page(url: str) -> str:
    """What a server answers."""
    with urllib.request.urlopen(url, timeout=5) as response:
        body: bytes = response.read()
    return body.decode()


def _address(log: Path) -> str:
    """The address that a server prints, when it answers there."""
    found: list[str] = []

    def look() -> bool:
        found[:] = re.findall(r"http://[\w.]+:\d+", log.read_text("utf-8"))
        if not found:
            return False
        with suppress(OSError):
            page(found[0])
            return True
        return False

    assert wait_until(look, 60, pause=0.1), f"no server answered:\n{log.read_text('utf-8')}"
    return found[0]
