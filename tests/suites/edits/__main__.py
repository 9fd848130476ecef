"""Runs the suite of one-input edits and prints a table.

    python -m tests.suites.edits [--filter REGEX] [--mode NAME] [--user NAME] [--jobs N]

What builds is taken as it is installed for ``--python``, with this process's ``PYTHONPATH``.
Exit code 1: a case is not right. Exit code 2: there is nothing to build with.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import groupby
from pathlib import Path

from ..importing import absolute, obstacle
from .cases import all_cases, project_of
from .harness.judge import run
from .harness.model import Case, Outcome, Verdict
from .harness.site import Python, Site


def main() -> int:
    """Run what is asked for."""
    options = _options()
    if "PYTHONPATH" in os.environ:
        os.environ["PYTHONPATH"] = absolute(os.environ["PYTHONPATH"])
    if options.user:
        return _as_user(options)
    if options.mode:
        os.environ["DOCENT_ISOLATION"] = options.mode
    pattern = re.compile(options.filter)
    cases = [
        case for case in all_cases() if pattern.search(f"{case.project}/{case.clause}/{case.name}")
    ]
    if options.list:
        for case in cases:
            print(f"{case.clause:20} {case.project:20} {case.name}")
        return 0
    if wrong := obstacle(options.python, os.environ):
        print(f"tests.suites.edits: {wrong}", file=sys.stderr)
        return 2
    began = time.monotonic()
    outcomes = run_all(cases, options)
    order = {case.name: number for number, case in enumerate(cases)}
    outcomes.sort(key=lambda outcome: order.get(outcome.case.name, len(order)))
    print(table(outcomes, verbose=options.verbose))
    print(f"{len(outcomes)} cases in {time.monotonic() - began:.0f} s")
    return int(any(found.verdict is not Verdict.RIGHT for found in outcomes))


def run_all(cases: Sequence[Case], options: argparse.Namespace) -> list[Outcome]:
    """The outcomes of all cases; those of one project share a repository."""
    if options.alone:
        groups = [[case] for case in cases]
    else:
        ordered = sorted(cases, key=lambda case: case.project)
        groups = [list(group) for _, group in groupby(ordered, key=lambda case: case.project)]
    # The longest first: a project has a build for each case of it, or for all of them.
    groups.sort(key=lambda group: len(group) * (1 + project_of(group).in_turn), reverse=True)
    python = Python.at(options.python)
    with (
        tempfile.TemporaryDirectory(prefix="edits-", ignore_cleanup_errors=True) as folder,
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        work = Path(folder).resolve()
        tasks = {
            pool.submit(_run, group, work / str(number), python, work / "cache", options): group
            for number, group in enumerate(groups)
        }
        outcomes: list[Outcome] = []
        for task in as_completed(tasks):
            found = task.result()
            outcomes += found
            counts = Counter(outcome.verdict for outcome in found)
            name = tasks[task][0].name if options.alone else tasks[task][0].project
            print(f"{name:40} {_counts(counts)}", file=sys.stderr, flush=True)
            if options.json:  # what is known stays known if this is ended
                write_json(outcomes, Path(options.json))
    return outcomes


def _run(
    group: Sequence[Case], folder: Path, python: Python, cache: Path, options: argparse.Namespace
) -> list[Outcome]:
    project = project_of(group)
    if options.keep:
        folder = Path(tempfile.mkdtemp(prefix=f"edits-{project.name}-"))
        print(folder, file=sys.stderr)
    site = Site(folder / "all", python, project.root, cache)
    try:
        return run(project, group, site, always=options.always)
    except Exception:
        fault = traceback.format_exc()
        return [Outcome(case, Verdict.WRONG, f"the harness: {fault}") for case in group]
    finally:
        site.end(keep=options.keep)


def table(outcomes: Iterable[Outcome], *, verbose: bool) -> str:
    """What is not right, and totals by clause."""
    outcomes = list(outcomes)
    rows, last = [], ""
    for found in outcomes:
        if verbose or found.verdict is not Verdict.RIGHT:
            mark = "?" if found.case.debatable else " "
            rows.append(f"{found.verdict:10} {mark} {found.case.clause:18} {found.case.name}")
            if found.detail and found.detail != last:
                rows.append(f"             {found.detail[:600].strip()}")
            last = found.detail
    rows.append("")
    rows.append(f"{'':24}" + "".join(f"{verdict:>12}" for verdict in Verdict))
    clauses = list(dict.fromkeys(found.case.clause for found in outcomes))
    parts = [
        *((clause, [o for o in outcomes if o.case.clause == clause]) for clause in clauses),
        ("all", outcomes),
        ("all but debatable", [found for found in outcomes if not found.case.debatable]),
    ]
    for name, some in parts:
        counts = Counter(found.verdict for found in some)
        rows.append(f"{name:24}" + "".join(f"{counts[verdict]:12}" for verdict in Verdict))
    return "\n".join(rows)


def write_json(outcomes: Iterable[Outcome], file: Path) -> None:
    """The outcomes for programs."""
    entries = [
        {
            "name": found.case.name,
            "clause": found.case.clause,
            "project": found.case.project,
            "verdict": str(found.verdict),
            "detail": found.detail,
            "debatable": found.case.debatable,
        }
        for found in outcomes
    ]
    file.write_text(json.dumps(entries, indent=1, ensure_ascii=True), encoding="utf-8")


def _counts(counts: Counter[Verdict]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])


def _as_user(options: argparse.Namespace) -> int:
    """Run all of it as another user, whose temporary folder is of its own."""
    words = [word for word in sys.argv[1:] if not word.startswith("--user")]
    words = [word for word in words if word != options.user]
    user = pwd.getpwnam(options.user)
    with tempfile.TemporaryDirectory(prefix="edits-user-", ignore_cleanup_errors=True) as folder:
        os.chown(folder, user.pw_uid, user.pw_gid)
        os.chmod(folder, 0o755)
        target = Path(options.json) if options.json else None
        if target:
            words[words.index(options.json)] = f"{folder}/outcomes.json"
        code = subprocess.run(
            [options.python, "-m", __package__, *words],
            cwd=Path(__file__).parents[3],
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            env={**os.environ, "HOME": folder, "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        ).returncode
        if target and Path(folder, "outcomes.json").is_file():
            target.write_bytes(Path(folder, "outcomes.json").read_bytes())
    return code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--filter", default="", help="regular expression in PROJECT/CLAUSE/NAME")
    parser.add_argument("--mode", help="value of DOCENT_ISOLATION for the builds")
    parser.add_argument("--python", default=sys.executable, help="interpreter that builds")
    parser.add_argument("--user", help="who runs everything, if not you (as root)")
    parser.add_argument("--jobs", type=int, default=2, help="repositories built at a time")
    parser.add_argument("--alone", action="store_true", help="a repository for each case")
    parser.add_argument(
        "--always",
        action="store_true",
        help="have every build execute everything: tries what the cases say of pages",
    )
    parser.add_argument("--keep", action="store_true", help="keep the repositories")
    parser.add_argument("--json", help="file that the outcomes are written to")
    parser.add_argument("--list", action="store_true", help="name the cases, and run none")
    parser.add_argument("--verbose", action="store_true", help="name those that are right, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
