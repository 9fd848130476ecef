"""Measures builds side by side, and prints the table: ``nox -s benchmark``.

Each row is a ratio of two things measured in the same run, the median of several rounds. The
rounds alternate, so that a busy moment of the machine meets both sides.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import write_gallery

SRC = Path(__file__).resolve().parent.parent / "src"
Measure = Callable[[], float]


def build(root: Path, builder: str, *options: str) -> float:
    """Build, and return the seconds it took.

    :raises SystemExit: the build failed.
    """
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options, "docs"]
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    began = time.perf_counter()
    done = subprocess.run(
        [*command, f"docs/_build/{builder}"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def clean(root: Path, *, keep_cache: bool = False) -> None:
    """Make a project as a fresh clone has it, with or without a filled cache."""
    state = root / "docs" / "_build" / "docent"
    kept = root / "kept"
    if keep_cache and state.is_dir():
        shutil.move(state, kept)
    for name in ("_build", "gallery", "sg_execution_times.rst"):
        path = root / "docs" / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    if kept.is_dir():
        state.parent.mkdir(parents=True)
        shutil.move(kept, state)


def executed_seconds(root: Path) -> float:
    """What the tutorials of the last build took, all together."""
    report = json.loads((root / "docs/_build/docent/report.json").read_text(encoding="utf-8"))
    return float(report["totals"]["seconds"])


def measure(jobs: int, rounds: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of every kind of build, by its name, a value for each round."""
    plain, parallel, docent = folder / "plain", folder / "parallel", folder / "docent"
    write_gallery(plain, docent=False)
    write_gallery(parallel, docent=False, parallel=jobs)
    write_gallery(docent, docent=True)
    page = docent / "docs" / "index.rst"
    seconds: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        seconds.setdefault(name, []).append(value)
        print(f"  {name}: {value:.2f} s", flush=True)

    jobs_option = ("-D", f"docent_jobs={jobs}", "-j", str(jobs))
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", flush=True)
        for root in (plain, parallel, docent):
            clean(root)
        note("sphinx-gallery, serial", build(plain, "html"))
        note("sphinx-gallery, parallel", build(parallel, "html", "-j", str(jobs)))
        note("full", build(docent, "html", *jobs_option))
        note("executing", executed_seconds(docent))
        clean(docent, keep_cache=True)
        note("full, cache filled", build(docent, "html", *jobs_option))
        if executed_seconds(docent):
            raise SystemExit("something was executed although the cache was filled")
        clean(docent)
        note("rendering", build(docent, "html", "-D", "docent_execute=none", *jobs_option))
        clean(plain)
        note("html without executing", build(plain, "html", "-D", "plot_gallery=0"))
        clean(docent)
        note("precheck", build(docent, "precheck", "-j", str(jobs)))
        page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        note("precheck again", build(docent, "precheck", "-j", str(jobs)))
    return seconds


def table(seconds: dict[str, list[float]], jobs: int) -> str:
    """The rows of the design's table that concern one machine, in Markdown."""
    median = {name: statistics.median(values) for name, values in seconds.items()}
    bound = median["executing"] / jobs + median["rendering"]
    rows = [
        ("precheck / html without executing", "precheck", median["html without executing"], 0.6),
        (
            "precheck again, one page edited / html without executing",
            "precheck again",
            median["html without executing"],
            0.25,
        ),
        ("full / sphinx-gallery serial", "full", median["sphinx-gallery, serial"], None),
        ("full / sphinx-gallery parallel", "full", median["sphinx-gallery, parallel"], 1.0),
        ("full / (executing / jobs + rendering)", "full", bound, 1.15),
        ("full, cache filled / rendering", "full, cache filled", median["rendering"], 1.1),
    ]
    lines = ["| what | ratio | goal |", "|---|---|---|"]
    for name, measured, base, goal in rows:
        wanted = f"at most {goal:g}" if goal else ""
        lines.append(f"| {name} | {median[measured] / base:.2f} | {wanted} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is measured")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure(arguments.jobs, arguments.rounds, Path(folder))
    print(f"\n60 tutorials in 6 folders, {arguments.jobs} jobs, {arguments.rounds} rounds\n")
    print(table(seconds, arguments.jobs))


if __name__ == "__main__":
    main()
