"""What isolating and observing a tutorial costs, over a forked process without either."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from builds import SRC, clean
from waiting import waiting_gallery

TUTORIALS, FOLDERS, BESIDE = 60, 300, 3000
BARE = str(Path(__file__).with_name("bare.py"))


def isolation_table(folder: Path, rounds: int) -> str:
    """CPU time for each tutorial that does nothing, in a repository with many folders and files."""
    root = waiting_gallery(folder / "isolation", [0] * TUTORIALS)
    for number in range(FOLDERS):
        (root / "src" / f"{number % 20}" / f"{number}").mkdir(parents=True)
    for number in range(BESIDE):
        (root / "docs" / "examples" / f"{number}.csv").write_text("1", encoding="ascii")
    bare: list[float] = []
    rows: dict[str, list[float]] = {"a namespace": [], "a copied folder": []}
    _cpu(root, "-m", "sphinx")  # bytecode, and which modules may be loaded before a fork
    for _ in range(rounds):
        bare.append(_cpu(root, BARE))
        rows["a namespace"].append(_cpu(root, "-m", "sphinx"))
        rows["a copied folder"].append(_cpu(root, "-m", "sphinx", DOCENT_ISOLATION="copy"))
    lines = ["| CPU for each tutorial, over a forked process | ms | goal |", "|---|---|---|"]
    for name, values in rows.items():
        extra = [(value - base) / TUTORIALS * 1e3 for value, base in zip(values, bare, strict=True)]
        goal = "at most 15" if name == "a namespace" else ""
        lines.append(f"| {name} | {statistics.median(extra):.1f} | {goal} |")
    lines += ["", f"{FOLDERS} folders in the repository, {BESIDE:,} files beside the tutorials."]
    return "\n".join(lines)


def _cpu(root: Path, *program: str, **variables: str) -> float:
    """CPU seconds of a build from nothing, its processes included.

    :raises SystemExit: the build failed.
    """
    clean(root)
    words = ("-q", "-D", "docent_execute=all", "-D", "docent_jobs=1", "docs", "docs/_build/html")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *program, "-b", "html", *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SRC), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"a build failed:\n{done.stdout}\n{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
