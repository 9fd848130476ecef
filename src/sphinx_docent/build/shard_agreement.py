"""How the jobs of a matrix come to the same shares, though they do not begin together.

A job that begins late finds results that earlier ones have stored meanwhile; if it divided what
is left, some tutorials would be nobody's. So the first job keeps its shares with the cache before
it executes anything, and whoever can see a result of it can see the shares, too: results are
looked up first. Where nothing is kept in common, all jobs see the same and find the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..cache.entry import digest
from ..cache.store import Cache
from ..git.source import head_commit
from ..model import Action, Step
from ..planning.shards import Shard, divide, keep_share
from .context import BuildContext


def plan_shard(
    steps: Sequence[Step], shard: Shard, context: BuildContext, selection: str, *, binding: bool
) -> list[Step]:
    """The plan of one job.

    :param steps: the whole plan, after results were looked up.
    :param binding: whether the shares hold for jobs that begin later.
    """
    mine = [step for step in steps if shard.takes(step.tutorial)]
    name = "shares/" + digest(
        {
            "commit": head_commit(context.project.root),
            "selection": selection,
            "shards": [shard.count, shard.device],
            "keys": sorted(context.keys.executed(step.tutorial) for step in mine),
        }
    )
    paths = {step.tutorial.path for step in mine if step.action is Action.EXECUTE}
    shares = _agreed(context.cache, name, shard.count, paths)
    if shares is None:
        shares = divide(paths, context.seconds, shard.count)
        if binding and paths:
            context.cache.write_metadata(name, json.dumps(shares).encode())
            context.cache.flush()
    return keep_share(steps, shard, shares)


def _agreed(cache: Cache, name: str, count: int, paths: set[str]) -> list[list[str]] | None:
    """The shares that an earlier job has kept; ``None`` if there are none of this plan."""
    for data in reversed(cache.metadata(name)):
        try:
            shares = json.loads(data)
            found = [path for share in shares for path in share]
            if len(shares) == count and len(set(found)) == len(found) and paths <= set(found):
                return [[str(path) for path in share] for share in shares]
        except (ValueError, TypeError, RecursionError):
            continue
    return None
