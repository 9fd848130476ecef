"""How long a gallery takes on 1 to 32 machines, simulated: ``python benchmarks/makespan.py``.

A gallery of the size of PyTorch's: 150 tutorials, a long tail to 20 minutes, a dozen that need a
GPU. Shards divide by the seconds that an earlier build took, which are never quite those of this
one; a cluster hands the next tutorial to whoever is free. Both are compared with what no
machine can beat: the longest tutorial, or the total divided by the machines.

Machines have one job each, and what every job costs beside its tutorials (checkout, environment)
is left out: it is the same for all of them.
"""

from __future__ import annotations

import argparse
import heapq
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from sphinx_docent.planning.shards import divide

TUTORIALS, WITH_GPU = 150, 12
LONGEST = 1200.0
MACHINES = (1, 2, 4, 8, 12, 16, 20, 24, 32)


def gallery(numbers: random.Random) -> dict[str, float]:
    """Seconds by path: most take a minute or less, the longest 20 minutes."""
    drawn = [min(LONGEST, numbers.lognormvariate(3.9, 1.25)) for _ in range(TUTORIALS)]
    drawn[drawn.index(max(drawn))] = LONGEST
    return {f"/tutorial_{index:03}.py": seconds for index, seconds in enumerate(drawn)}


def another_day(seconds: Mapping[str, float], numbers: random.Random) -> dict[str, float]:
    """What the same tutorials took in an earlier build, on another machine."""
    return {path: value * numbers.lognormvariate(0, 0.15) for path, value in seconds.items()}


def by_shards(seconds: Mapping[str, float], known: Mapping[str, float], machines: int) -> float:
    """Seconds until the last shard has ended."""
    shares = divide(seconds, known, machines)
    return max(sum(seconds[path] for path in share) for share in shares)


def by_number(seconds: Mapping[str, float], machines: int) -> float:
    """The same for shares of equal numbers of tutorials, by name: nothing needs to be known."""
    paths = sorted(seconds)
    return max(sum(seconds[path] for path in paths[n::machines]) for n in range(machines))


def by_cluster(seconds: Mapping[str, float], known: Mapping[str, float], machines: int) -> float:
    """Seconds until a cluster is done that begins the longest known first."""
    free = [0.0] * machines
    for path in sorted(seconds, key=lambda path: -known[path]):
        heapq.heapreplace(free, free[0] + seconds[path])
    return max(free)


def bound(seconds: Mapping[str, float], machines: int) -> float:
    """What no schedule can beat."""
    return max(max(seconds.values()), sum(seconds.values()) / machines)


def table(rounds: int, seed: int) -> list[str]:
    """Means over many galleries, in Markdown; minutes, and ratios to the lower bound."""
    numbers = random.Random(seed)
    rows: dict[int, list[Sequence[float]]] = {machines: [] for machines in MACHINES}
    for _ in range(rounds):
        seconds = gallery(numbers)
        known = another_day(seconds, numbers)
        for machines in MACHINES:
            rows[machines].append(
                (
                    bound(seconds, machines),
                    by_number(seconds, machines),
                    by_shards(seconds, known, machines),
                    by_cluster(seconds, known, machines),
                )
            )
    lines = [
        "| machines | lower bound | equal numbers | shards | cluster | shards / bound |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for machines, found in rows.items():
        least, number, shards, cluster = (mean(column) / 60 for column in zip(*found, strict=True))
        lines.append(
            f"| {machines} | {least:.0f} min | {number:.0f} min | {shards:.0f} min |"
            f" {cluster:.0f} min | {shards / least:.2f} |"
        )
    return lines


def pools(rounds: int, seed: int) -> list[str]:
    """What a dozen tutorials that need a GPU take on machines of their own."""
    numbers = random.Random(seed)
    found: dict[int, list[float]] = {1: [], 2: [], 4: []}
    for _ in range(rounds):
        seconds = gallery(numbers)
        chosen = dict(numbers.sample(sorted(seconds.items()), WITH_GPU))
        known = another_day(chosen, numbers)
        for machines, times in found.items():
            times.append(by_shards(chosen, known, machines))
    lines = [f"| machines with a GPU | {WITH_GPU} tutorials |", "|---:|---:|"]
    return [*lines, *(f"| {n} | {mean(times) / 60:.0f} min |" for n, times in found.items())]


def main() -> None:
    """Read the command line, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how many galleries are drawn")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print("\n".join(table(arguments.rounds, arguments.seed)), end="\n\n")
    print("\n".join(pools(arguments.rounds, arguments.seed)))


if __name__ == "__main__":
    main()
