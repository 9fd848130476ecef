"""What producing pages needs to know of the build, and what the cache knows of each tutorial."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..cache.changes import changes
from ..cache.inputs import Inputs
from ..cache.keys import CacheKeys
from ..cache.project_state import ProjectState
from ..cache.store import Cache, Entry
from ..cache.variants import Variants
from ..gallery.configuration import GalleryConf
from ..model import Tutorial
from ..planning.plan import CacheStatus


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What producing pages needs.

    :param conf: sphinx-gallery's settings.
    :param project: the project and the environment as they are now.
    :param variants: what the results that there are were made from.
    :param variables: those of the environment that count for every tutorial.
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
    variants: Variants
    variables: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache holds of a tutorial.

    :param entry: ``None`` where there is no valid one.
    """

    status: CacheStatus
    entry: Entry | None = None


def look_up(
    tutorials: Iterable[Tutorial], context: BuildContext, wanted: Collection[Tutorial]
) -> dict[Tutorial, Known]:
    """Whether there is a valid result of each tutorial; what this machine has none of is asked of
    others, all at once.

    :param wanted: those that are to be executed if there is none.
    """
    if context.conf["run_stale_examples"]:
        stale = Known(CacheStatus(valid=False, reason="run_stale_examples is set"))
        others = [tutorial for tutorial in tutorials if tutorial not in wanted]
        return dict.fromkeys(wanted, stale) | _look_up_all(others, context)
    return _look_up_all(tutorials, context)


def _look_up_all(tutorials: Iterable[Tutorial], context: BuildContext) -> dict[Tutorial, Known]:
    known = {tutorial: _look_up(tutorial, context) for tutorial in tutorials}
    unknown = [tutorial for tutorial in known if not known[tutorial].status.valid]
    if context.cache.asks_others and unknown:
        context.cache.look_up(
            {context.keys.executed(tutorial): tutorial.source.stem for tutorial in unknown}
        )
        known |= {tutorial: _look_up(tutorial, context) for tutorial in unknown}
    return known


def known_inputs(tutorials: Iterable[Tutorial], context: BuildContext) -> dict[Tutorial, Inputs]:
    """What tutorials were seen to use that have a valid result here."""
    entries = {tutorial: _look_up(tutorial, context).entry for tutorial in tutorials}
    return {tutorial: entry.header.inputs for tutorial, entry in entries.items() if entry}


def _look_up(tutorial: Tutorial, context: BuildContext) -> Known:
    nearest: list[str] | None = None
    for entry in context.cache.entries(context.keys.executed(tutorial), tutorial.source.stem):
        found = list(_changes(entry, context))
        if not found:
            return Known(CacheStatus(valid=True, reason="unchanged"), entry)
        if nearest is None or len(found) < len(nearest):
            nearest = found
    reason = nearest[0] if nearest else _difference(tutorial, context)
    return Known(CacheStatus(valid=False, reason=reason))


def _changes(entry: Entry, context: BuildContext) -> Iterator[str]:
    for name in context.variables:
        if name not in entry.header.inputs.variables:
            yield f"the variable `{name}` is declared now"
    yield from changes(entry.header.inputs, context.project)


def _difference(tutorial: Tutorial, context: BuildContext) -> str:
    """Why there is no result of what a tutorial is made from."""
    difference = context.variants.difference(tutorial.path, context.keys.parts(tutorial))
    if difference is not None:
        return difference
    return "changed" if tutorial.path in context.seconds else "never executed"
