"""Hostile tutorials: what they do to a build, as a table.

python -m tests.suites.hostile [--python PYTHON] [--source SRC] [--filter REGEX] [--mode NAME]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import pwd
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

from ..importing import absolute, obstacle
from . import cases
from .harness.lab import Bench, shown
from .harness.model import Check, Gallery, Scenario
from .harness.play import fits, play


def main() -> int:
    """Play the chosen cases; 1 if anything is wrong, 2 if there is nothing to build with."""
    options = read_options()
    if "PYTHONPATH" in os.environ:
        os.environ["PYTHONPATH"] = absolute(os.environ["PYTHONPATH"])
    with tempfile.TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        bench = Bench(
            os.path.abspath(options.python),
            os.path.abspath(options.source) if options.source else "",
            options.mode,
            uid_of(options.user),
            options.keep or Path(folder),
            keep=bool(options.keep),
        )
        bench.folder.mkdir(exist_ok=True)
        chosen = choose(options.filter, bench)
        if options.list:
            print(*(case.name for case in chosen), sep="\n")
            return 0
        if wrong := obstacle(bench.python, bench.environment, bench.uid):
            print(f"tests.suites.hostile: {wrong}", file=sys.stderr)
            return 2
        began = time.monotonic()
        checks = play_all(chosen, bench, options.jobs, options.json)
    print_table(checks, options.verbose)
    print_totals(checks, time.monotonic() - began)
    return int(any(check.wrong for check in checks))


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", default=sys.executable, help="the interpreter that builds")
    parser.add_argument("--source", default="", help="is PYTHONPATH, in place of this process's")
    parser.add_argument("--filter", default="", help="regular expression: names and clauses")
    parser.add_argument("--mode", default="", help="value of DOCENT_ISOLATION")
    parser.add_argument("--user", default="", help="name or number of the user who builds")
    parser.add_argument("--jobs", type=int, default=2, help="cases at a time")
    parser.add_argument("--json", type=Path, help="file for all checks")
    parser.add_argument("--keep", type=Path, help="folder in which repositories stay")
    parser.add_argument("--list", action="store_true", help="name the cases, play none")
    parser.add_argument("--verbose", action="store_true", help="show what is right, too")
    return parser.parse_args()


def uid_of(user: str) -> int | None:
    """The number of a user, who need not have a name."""
    if not user:
        return None
    return int(user) if user.isdigit() else pwd.getpwnam(user).pw_uid


def choose(pattern: str, bench: Bench) -> list[Gallery | Scenario]:
    """The cases whose name or clause is wanted, of galleries also single tutorials."""
    wanted = re.compile(pattern)
    chosen: list[Gallery | Scenario] = []
    for found in sorted(pkgutil.iter_modules(cases.__path__), key=lambda module: module.name):
        for case in importlib.import_module(f"{cases.__name__}.{found.name}").CASES:
            if not fits(case, bench):
                continue
            if wanted.search(f"{found.name} {case.name} {case.clause}"):
                chosen.append(case)
            elif isinstance(case, Gallery):
                part = tuple(t for t in case.tutorials if wanted.search(f"{case.name}/{t.name}"))
                if part:
                    chosen.append(replace(case, tutorials=part))
    return chosen


def play_all(
    chosen: Sequence[Gallery | Scenario], bench: Bench, jobs: int, file: Path | None
) -> list[Check]:
    """Play cases side by side, say how far it is, and keep what is known so far in a file."""
    known: dict[int, list[Check]] = {}
    lock = threading.Lock()

    def one(number: int) -> None:
        began = time.monotonic()
        checks = list(play(chosen[number], bench))
        seconds = time.monotonic() - began
        wrong = sum(bool(check.wrong) for check in checks)
        words = f"{chosen[number].name}: {wrong} of {len(checks)} wrong, {seconds:.1f} s"
        with lock:
            print(words, file=sys.stderr, flush=True)
            known[number] = checks
            if file:
                file.write_text(as_json(in_order(), bench), "utf-8")

    def in_order() -> list[Check]:
        return [check for number in sorted(known) for check in known[number]]

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, range(len(chosen))))
    return in_order()


def print_table(checks: Sequence[Check], verbose: bool) -> None:
    """What is wrong, each check in one line."""
    for check in checks:
        if verbose or check.wrong:
            sign = "ok   " if not check.wrong else "MAYBE" if check.debatable else "WRONG"
            print(f"{sign} [{check.clause}] {shown(check.case)}: {check.what}", end="")
            told = check.wrong or check.found
            print(f" -- {told.encode('unicode_escape').decode()[:500]}" * bool(told))


def print_totals(checks: Sequence[Check], seconds: float) -> None:
    """How many are right, by clause."""
    total = Counter(check.clause for check in checks)
    right = Counter(check.clause for check in checks if not check.wrong)
    print(f"\n{'clause':34} right  of")
    for clause in total:
        print(f"{clause:34} {right[clause]:5} {total[clause]:3}")
    print(f"{'all':34} {right.total():5} {total.total():3}   in {seconds:.0f} s")


def as_json(checks: Sequence[Check], bench: Bench) -> str:
    """Everything, for programs."""
    return json.dumps(
        {
            "mode": bench.mode,
            "uid": bench.uid,
            "checks": [asdict(check) for check in checks],
        },
        indent=1,
    )


if __name__ == "__main__":
    sys.exit(main())
