"""What a Dask cluster of eight workers gains against one, where tutorials do nothing but wait.

All run on this machine: what is measured is what handing out costs, not what tutorials do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builds import SRC, build
from waiting import waiting_gallery

TUTORIALS, SLEEP = 64, 2.0


def cluster_table(folder: Path) -> str:
    """What a build takes with one worker and with eight, in Markdown."""
    root = waiting_gallery(folder / "cluster", [SLEEP] * TUTORIALS)
    eight, one = (_measure(root, folder / f"workers-{count}", count) for count in (8, 1))
    lines = [
        f"{TUTORIALS} tutorials that sleep {SLEEP:g} s, on single-thread Dask workers",
        "",
        "| what | 1 worker | 8 workers | ratio | goal |",
        "|---|---|---|---|---|",
    ]
    for name, goal in (("executing", "at least 7"), ("the whole build", "")):
        times = one[name] / eight[name]
        lines.append(f"| {name} | {one[name]:.1f} s | {eight[name]:.1f} s | {times:.2f} | {goal} |")
    return "\n".join(lines)


def _measure(root: Path, folder: Path, workers: int) -> dict[str, float]:
    """Seconds of a build that executes everything, and from its first start to its last end."""
    for name in ("_build", "gallery"):
        shutil.rmtree(root / "docs" / name, ignore_errors=True)
    options = ("-D", "docent_execute=all")
    with _workers(folder, workers) as scheduler:
        seconds = build(root, "html", *options, "-D", f"docent_scheduler={scheduler}")
    timeline = (root / "docs/_build/docent/timeline.html").read_text(encoding="utf-8")
    match = re.search(rf"{TUTORIALS} executions on {workers} workers in ([\d.]+) seconds", timeline)
    if match is None:
        raise SystemExit("the cluster has not executed everything once")
    print(f"  {workers} workers: {match[1]} s of {seconds:.1f} s", flush=True)
    return {"executing": float(match[1]), "the whole build": seconds}


@contextmanager
def _workers(folder: Path, count: int) -> Iterator[Path]:
    """A scheduler and its workers, each in a folder of its own."""
    folder.mkdir()
    file = folder / "scheduler.json"
    processes = [_start(folder, "scheduler", "--port", "0", "--scheduler-file", str(file))]
    try:
        while not file.is_file() or not file.read_bytes():
            time.sleep(0.1)
        for number in range(count):
            place = folder / str(number)
            place.mkdir()
            words = ["--nthreads", "1", "--no-nanny", "--local-directory", str(place)]
            words += ["--preload", "sphinx_docent.cluster.worker"]
            processes.append(_start(place, "worker", *words, "--scheduler-file", str(file)))
        logs = [folder / str(number) / "log" for number in range(count)]
        while not all(b"Starting established" in log.read_bytes() for log in logs):
            time.sleep(0.1)
        yield file
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _start(place: Path, *words: str) -> subprocess.Popen[bytes]:
    with (place / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(SRC)},
            stdout=log,
            stderr=log,
        )
