"""Measures builds side by side, and prints the tables: ``nox -s benchmark``.

Each row is a ratio of two things measured in the same run, the median of several rounds. The
rounds alternate, so that a busy moment of the machine meets both sides.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from builds import Gallery, build, bytecode_ready, clean, executed_seconds
from generated import generated_gallery
from isolation import isolation_table
from many import seconds_for
from own import own_gallery
from shards import lookups_table, shards_table

from cluster import cluster_table
from notebooks import notebooks_table

Seconds = dict[str, list[float]]
COUNTS = (1000, 10_000)
PARTS = (
    *("generated", "own", "isolation", "many", "notebooks"),
    *("shards", "lookups", "cluster"),
)


def measure(gallery: Gallery, jobs: int, rounds: int) -> Seconds:
    """Seconds of every kind of build, by its name, a value for each round."""
    plain, parallel, docent = gallery.plain, gallery.parallel, gallery.docent
    page = docent / gallery.page
    seconds: Seconds = {}

    def note(name: str, value: float) -> None:
        seconds.setdefault(name, []).append(value)
        print(f"  {name}: {value:.2f} s", flush=True)

    many = ("-j", str(jobs))
    ours = ("-D", f"docent_jobs={jobs}", "-D", "docent_execute=all", *many)
    bytecode_ready(docent)
    for number in range(rounds):
        print(f"{gallery.name}: round {number + 1} of {rounds}", flush=True)
        for root in (plain, parallel, docent):
            clean(root)
        note("sphinx-gallery, serial", build(plain, "html", *many))
        note("sphinx-gallery, parallel", build(parallel, "html", *many))
        note("full", build(docent, "html", *ours))
        note("executing", executed_seconds(docent))
        clean(docent, keep_cache=True)
        note("full, cache filled", build(docent, "html", *ours))
        if executed_seconds(docent):
            raise SystemExit("something was executed although the cache was filled")
        clean(docent)
        note("rendering", build(docent, "html", "-D", "docent_execute=none", *many))
        clean(plain)
        note("html without executing", build(plain, "html", "-D", "plot_gallery=0", *many))
        clean(docent)
        note("precheck", build(docent, "precheck", *many))
        page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        note("precheck again", build(docent, "precheck", *many))
    return seconds


def table(seconds: Seconds, jobs: int) -> str:
    """The rows of the design's table that concern one machine, in Markdown."""
    median = {name: statistics.median(values) for name, values in seconds.items()}
    bound = median["executing"] / jobs + median["rendering"]
    without = median["html without executing"]
    rows = [
        ("precheck / html without executing", "precheck", without, 0.6),
        ("precheck again, one page edited / the same", "precheck again", without, 0.25),
        ("full / sphinx-gallery serial", "full", median["sphinx-gallery, serial"], None),
        ("full / sphinx-gallery parallel", "full", median["sphinx-gallery, parallel"], 1.0),
        ("full / (executing / jobs + rendering)", "full", bound, 1.15),
        ("full, cache filled / rendering", "full, cache filled", median["rendering"], 1.1),
    ]
    lines = ["| what | seconds | ratio | goal |", "|---|---|---|---|"]
    for name, measured, base, goal in rows:
        wanted = f"at most {goal:g}" if goal else ""
        value = median[measured]
        lines.append(f"| {name} | {value:.2f} / {base:.2f} | {value / base:.2f} | {wanted} |")
    return "\n".join(lines)


def many_table(folder: Path, rounds: int) -> str:
    """What each of many cached tutorials costs."""
    lines = ["| tutorials in the cache | planning, each | restoring, each | goal |"]
    lines.append("|---|---|---|---|")
    for count in COUNTS:
        measured = [seconds_for(count, folder) for _ in range(rounds)]
        plan = statistics.median(planning for planning, _ in measured) / count * 1000
        restore = statistics.median(restoring for _, restoring in measured) / count * 1000
        goal = "together at most 2 ms"
        lines.append(f"| {count:,} | {plan:.2f} ms | {restore:.2f} ms | {goal} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is measured")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", choices=PARTS, help="measure one part instead of all")
    arguments = parser.parse_args()
    jobs, rounds = arguments.jobs, arguments.rounds
    tables: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, make in (("generated", generated_gallery), ("own", own_gallery)):
            if arguments.only in (None, part):
                gallery = make(folder, jobs)
                text = table(measure(gallery, jobs, rounds), jobs)
                tables.append(f"{gallery.name}, {jobs} jobs, {rounds} rounds\n\n{text}")
        if arguments.only in (None, "isolation"):
            tables.append(isolation_table(folder, rounds))
        if arguments.only in (None, "many"):
            tables.append(many_table(folder, rounds))
        if arguments.only in (None, "notebooks"):
            tables.append(notebooks_table(folder))
        if arguments.only in (None, "shards"):
            tables.append(shards_table(folder))
        if arguments.only in (None, "lookups"):
            tables.append(lookups_table(rounds))
        if arguments.only in (None, "cluster"):
            tables.append(cluster_table(folder))
    print("", *tables, sep="\n\n")


if __name__ == "__main__":
    main()
