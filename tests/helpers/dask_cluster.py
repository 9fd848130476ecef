"""A real Dask cluster: a scheduler and workers, each a process in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.processes import MARK, pids, processes, wait_until
from tests.helpers.sites import environment


class DaskCluster:
    """A scheduler, and workers by name.

    :param folder: holds a folder for each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = uuid.uuid4().hex
        self.scheduler_file = folder / "scheduler.json"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        options = ("--port", "0", "--host", "127.0.0.1", "--no-dashboard")
        self._start("scheduler", "scheduler", *options)

    def worker(self, name: str, *options: str, env: dict[str, str] | None = None) -> None:
        """Start a worker; tutorials find its name in the variable ``WORKER``."""
        local = self.folder / name
        self._start(
            name,
            *("worker", "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard"),
            *("--host", "127.0.0.1", "--local-directory", str(local), *options),
            env={"WORKER": name, "RUNS": str(self.folder / "runs"), **(env or {})},
        )

    def wait_for(self, *names: str) -> None:
        """Wait until workers take tasks."""
        logs = [self.folder / name / "log" for name in names]
        assert wait_until(lambda: all("Starting established" in _text(log) for log in logs), 60), [
            _text(log) for log in logs
        ]

    def runs(self) -> list[str]:
        """The lines that tutorials have written on workers."""
        return _text(self.folder / "runs").split()

    def kill(self, name: str) -> None:
        """Kill a worker, or the scheduler, as a power cut does."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def left(self, name: str) -> list[str]:
        """The command lines of the processes of a worker that run."""
        return processes(f"{self.mark}-{name}")

    def servers(self) -> list[str]:
        """Those of what builds have started on any worker, but for the one that waits on each."""
        return [
            line
            for name in self.running
            for line in [line for line in self.left(name) if " -m dask" not in line][1:]
        ]

    def blobs(self, name: str) -> set[str]:
        """The digests of the files that a worker has."""
        return {path.name for path in (self.folder / name).glob("*/*/docent/blobs/*")}

    def end(self) -> None:
        """End everything."""
        for process in self.running.values():
            process.send_signal(signal.SIGSTOP)
        for name, process in self.running.items():
            for pid in pids(f"{self.mark}-{name}"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, *words: str, env: dict[str, str] | None = None) -> None:
        place = self.folder / name
        place.mkdir(exist_ok=True)
        with (place / "log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--scheduler-file", self.scheduler_file],
                cwd=place,
                env=environment(**{**(env or {}), MARK: f"{self.mark}-{name}"}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if name == "scheduler":
            assert wait_until(lambda: bool(_text(self.scheduler_file)), 60), _text(place / "log")


@contextlib.contextmanager
def dask_cluster(folder: Path) -> Iterator[DaskCluster]:
    """A scheduler; nothing of it and its workers is left afterwards."""
    cluster = DaskCluster(folder)
    try:
        yield cluster
    finally:
        cluster.end()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        time.sleep(0.05)
        return ""
