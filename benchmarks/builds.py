"""Runs the builds that are compared, and brings projects back to what a fresh clone has.

What is imported after it finds this repository's sources.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"
sys.path.insert(0, str(SRC))

GENERATED = ("_build", "gallery", "gen_modules", "sg_execution_times.rst")


@dataclass(frozen=True)
class Gallery:
    """One gallery in three projects that differ in who executes it.

    :param plain: sphinx-gallery alone, one example after the other.
    :param parallel: sphinx-gallery alone, with its setting ``parallel``.
    :param docent: with the extension.
    :param page: one that can be edited, relative to the project.
    """

    name: str
    plain: Path
    parallel: Path
    docent: Path
    page: str


def build(root: Path, builder: str, *options: str) -> float:
    """Build, and return the seconds it took.

    :raises SystemExit: the build failed.
    """
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options, "docs"]
    began = time.perf_counter()
    done = subprocess.run(
        [*command, f"docs/_build/{builder}"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SRC)},
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
    for name in GENERATED:
        path = root / "docs" / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    if kept.is_dir():
        state.parent.mkdir(parents=True)
        shutil.move(kept, state)


def executed_seconds(root: Path) -> float:
    """What the tutorials of the last build took, all together."""
    report = json.loads((root / "docs/_build/docent/report.json").read_text(encoding="utf-8"))
    return float(report["totals"]["seconds"])


def bytecode_ready(root: Path) -> None:
    """Have every module compiled before anything is measured."""
    build(root, "precheck")
    clean(root)
