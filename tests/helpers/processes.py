"""Builds that go on while a test looks, and the processes that they start."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.helpers.sites import Site, environment

MARK = "DOCENT_TEST_BUILD"
"""Environment variable that every process below a build carries, whatever becomes of it."""


class Running:
    """A build that goes on while the test looks."""

    def __init__(self, site: Site, *options: str, builder: str = "html") -> None:
        self.site = site
        self.mark = uuid.uuid4().hex
        out = site.docs / "_build" / builder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sphinx", "-b", builder, *options, str(site.docs), str(out)],
            env=environment(RUNS=str(site.log), **{MARK: self.mark}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds; the build must still run then."""
        wait_until(lambda: condition() or self.process.poll() is not None, seconds)
        assert condition(), self.output()

    def left(self) -> list[str]:
        """The command lines of all processes of this build that run."""
        return processes(self.mark)

    def output(self, seconds: float = 60) -> str:
        """Wait for the end."""
        return self.process.communicate(timeout=seconds)[0]

    def end(self) -> None:
        """End whatever a failed test has left."""
        for pid in pids(self.mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()


@contextlib.contextmanager
def running(site: Site, *options: str, builder: str = "html") -> Iterator[Running]:
    """A build in the background; nothing of it is left afterwards."""
    build = Running(site, *options, builder=builder)
    try:
        yield build
    finally:
        build.end()


def wait_until(condition: Callable[[], bool], seconds: float, *, pause: float = 0.01) -> bool:
    """Wait at most so long; whether the condition holds.

    :param pause: seconds from one look to the next.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(pause)
    return condition()


def pids(mark: str) -> list[int]:
    """The processes that carry a mark in their environment, but for zombies."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and folder.name != str(os.getpid()):
            with contextlib.suppress(OSError):
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                if state != "Z" and f"{MARK}={mark}".encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
    return found


def processes(mark: str) -> list[str]:
    """Their command lines."""
    lines = []
    for pid in pids(mark):
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            lines.append(f"{pid}: " + b" ".join(words).decode(errors="replace"))
    return lines
