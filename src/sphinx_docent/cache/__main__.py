"""Looks after the kept results: ``python -m sphinx_docent.cache STATE``.

Speaks with the person; what is done: :mod:`sphinx_docent.cache.maintenance`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from .maintenance import Size, damaged_entries, measure, merge, prune_to


class MaintenanceError(Exception):
    """The command is wrong; the message is one line for the person who gave it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise MaintenanceError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    :param arguments: its words; those of the process by default.
    :returns: the exit code: 0, 1 if a damaged entry is left, 2 if the command is wrong.
    """
    try:
        options = _parser().parse_args(arguments)
        report = _report(options.state)
        folder = options.folder or _folder(options.state, report)
        others = [_cache_in(other) for other in options.merge]
        if options.size < 0:
            raise MaintenanceError(f"--size is {options.size:g}: give MiB, 0 or more")
        for line in _work(folder, others, options):
            print(line)
        for line in _describe(folder, report):
            print(line)
        is_damaged = options.verify and any(damaged_entries(folder))
    except (MaintenanceError, OSError) as error:
        print(f"cache: {error}", file=sys.stderr)
        return 2
    return 1 if is_damaged else 0


def _work(folder: Path, others: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    for other in others:
        done = merge(folder, other)
        yield f"merged {other}: {done.taken} taken, {done.known} known, {len(done.refused)} damaged"
        yield from (f"damaged, not taken: {path}" for path in done.refused)
    if options.verify:
        damaged = list(damaged_entries(folder))
        for path in damaged:
            if options.prune:
                path.unlink(missing_ok=True)
            yield f"damaged{', removed' if options.prune else ''}: {path}"
        yield f"verified: {len(damaged)} damaged"
    if options.prune:
        yield f"pruned: {_words(prune_to(folder, int(options.size * 2**20)))}"


def _describe(folder: Path, report: dict[str, Any]) -> Iterator[str]:
    yield f"{folder}: {_words(measure(folder))}"
    try:
        used = report["cache"]
        shared = f", {used['fetched']} of them from {used['remote']}" if used["remote"] else ""
        yield f"last build: {used['hits']} hits{shared}, {used['misses']} misses"
        if used["problem"]:
            yield f"last build: trouble with {used['remote']}: {used['problem']}"
    except (KeyError, TypeError):
        yield "last build: none known"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sphinx_docent.cache", description=__doc__.splitlines()[0])
    parser.add_argument("state", type=Path, help="the folder that holds report.json and cache")
    parser.add_argument("--folder", type=Path, help="of the results, if they lie elsewhere")
    parser.add_argument("--merge", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--verify", action="store_true", help="read and check every entry")
    parser.add_argument("--prune", action="store_true", help="remove damaged and old entries")
    parser.add_argument("--size", type=float, default=4096, help="MiB to keep (%(default)s)")
    return parser


def _report(state: Path) -> dict[str, Any]:
    try:
        report = json.loads((state / "report.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def _folder(state: Path, report: dict[str, Any]) -> Path:
    """Where the last build kept its results."""
    try:
        return Path(report["cache"]["folder"])
    except (KeyError, TypeError):
        return state / "cache"


def _cache_in(folder: Path) -> Path:
    """A cache, or the one in a build's state."""
    if not folder.is_dir():
        raise MaintenanceError(f"--merge {folder}: there is no such folder")
    return folder / "cache" if (folder / "cache").is_dir() else folder


def _words(held: Size) -> str:
    noun = "entry" if held.entries == 1 else "entries"
    return f"{held.entries} {noun}, {held.size / 2**20:.1f} MiB"


if __name__ == "__main__":
    sys.exit(main())
