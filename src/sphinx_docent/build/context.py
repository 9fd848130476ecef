"""What producing pages needs to know of the build, and what the cache knows of each tutorial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..cache.inputs import changes
from ..cache.keys import CacheKeys
from ..cache.project_state import ProjectState
from ..cache.store import Cache, Entry
from ..gallery.configuration import GalleryConf
from ..model import Tutorial
from ..planning.plan import CacheStatus


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What producing pages needs.

    :param conf: sphinx-gallery's settings.
    :param project: the project and the environment as they are now.
    :param seconds: the last known execution time of each tutorial by path.
    :param peaks: the last known bytes that each tutorial held at most, by path.
    :param opened: when the build began to look, in nanoseconds; what was edited later may have been
        seen before.
    """

    conf: GalleryConf
    cache: Cache
    keys: CacheKeys
    project: ProjectState
    seconds: Mapping[str, float]
    peaks: Mapping[str, float]
    opened: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache holds of a tutorial.

    :param entry: ``None`` where there is no valid one.
    """

    status: CacheStatus
    entry: Entry | None = None


def look_up(tutorials: Iterable[Tutorial], context: BuildContext) -> dict[Tutorial, Known]:
    """Whether there is a valid result of each tutorial; what this machine has none of is asked of
    others, all at once.
    """
    if context.conf["run_stale_examples"]:
        stale = Known(CacheStatus(valid=False, reason="run_stale_examples is set"))
        return dict.fromkeys(tutorials, stale)
    known = {tutorial: _look_up(tutorial, context) for tutorial in tutorials}
    unknown = [tutorial for tutorial in known if not known[tutorial].status.valid]
    if context.cache.asks_others and unknown:
        context.cache.look_up(
            {context.keys.executed(tutorial): tutorial.source.stem for tutorial in unknown}
        )
        known |= {tutorial: _look_up(tutorial, context) for tutorial in unknown}
    return known


def _look_up(tutorial: Tutorial, context: BuildContext) -> Known:
    reason = "changed" if tutorial.path in context.seconds else "never executed"
    for entry in context.cache.entries(context.keys.executed(tutorial), tutorial.source.stem):
        change = next(changes(entry.header.inputs, context.project), None)
        if change is None:
            return Known(CacheStatus(valid=True, reason="unchanged"), entry)
        reason = change
    return Known(CacheStatus(valid=False, reason=reason))
