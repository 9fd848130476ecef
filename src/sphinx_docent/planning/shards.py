"""Divides the tutorials of a plan over several machines. Pure."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import CUDA, Action, Step, Tutorial
from .schedule import expected_seconds

_TEXT = re.compile(r"(?P<number>\d+)/(?P<count>\d+)(:(?P<device>\S+))?")
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Shard:
    """One of the machines that share the work.

    :param number: from 1.
    :param count: how many machines have the same device, this one included.
    :param device: a requirement that these machines meet, empty for plain ones.
    """

    number: int
    count: int
    device: str = ""

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``2/4`` or ``2/4:cuda``.

        :raises ValueError: it is neither.
        """
        match = _TEXT.fullmatch(text.strip())
        shard = (
            cls(int(match["number"]), int(match["count"]), match["device"] or "") if match else None
        )
        if shard is None or not 1 <= shard.number <= shard.count <= _MOST:
            raise ValueError(f"not a shard: {text!r}")
        return shard

    def __str__(self) -> str:
        return f"{self.number}/{self.count}" + (f":{self.device}" if self.device else "")

    def takes(self, tutorial: Tutorial) -> bool:
        """Whether a tutorial is for machines of this kind."""
        if self.device:
            return self.device in tutorial.requires
        return CUDA not in tutorial.requires

    def other(self, number: int) -> Shard:
        """Another one of the same kind."""
        return replace(self, number=number)


def divide(paths: Iterable[str], seconds: Mapping[str, float], count: int) -> list[list[str]]:
    """The share of each machine: longest first, each to the one with the least to do.

    Nothing but the arguments' values decides, so that every machine finds the same shares.

    :param paths: of tutorials.
    :param seconds: the last known ones by path; unknown ones count as the median.
    :param count: how many shares.
    """
    everything = sorted(set(paths))
    weights = expected_seconds(everything, seconds)
    shares: list[list[str]] = [[] for _ in range(count)]
    # Among equal loads the one with fewer tutorials comes first, then the first.
    heap = [(0.0, 0, index) for index in range(count)]
    for path in sorted(everything, key=lambda path: (-weights[path], path)):
        load, size, index = heap[0]
        shares[index].append(path)
        heapq.heapreplace(heap, (load + weights[path], size + 1, index))
    return shares


def keep_share(steps: Sequence[Step], shard: Shard, shares: Sequence[Sequence[str]]) -> list[Step]:
    """The plan of one shard's job: what others execute is left to them.

    :param shares: the paths of each share.
    """
    owner = {path: shard.other(number) for number, share in enumerate(shares, 1) for path in share}

    def mine(step: Step) -> Step:
        tutorial = step.tutorial
        if shard.takes(tutorial):
            whose = owner.get(tutorial.path)
            if step.action is not Action.EXECUTE or whose == shard:
                return step
            return replace(step, action=Action.RENDER, reason=f"left to shard {whose}")
        if step.action not in (Action.EXECUTE, Action.SKIP):
            return step
        kind = f"with `{CUDA}`" if not shard.device else f"without `{shard.device}`"
        return Step(tutorial, Action.RENDER, f"left to shards {kind}")

    return [mine(step) for step in steps]
