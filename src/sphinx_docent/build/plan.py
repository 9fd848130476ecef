"""Plans a build: which tutorials are selected, what the cache knows of them, what the machine
lacks; the decision itself is :func:`sphinx_docent.planning.plan.make_plan`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..cache.store import Entry
from ..gallery.configuration import GalleryConf, wants_execution
from ..model import Action, Step, Tutorial
from ..planning.plan import UNMATCHED, make_plan
from ..planning.selection import check_selection
from ..settings import Settings
from .context import BuildContext, look_up
from .executors import missing_requirements
from .galleries import Galleries


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build does with each tutorial.

    :param entries: of those that have a valid result.
    """

    steps: list[Step]
    entries: dict[Tutorial, Entry]


def selector(
    galleries: Galleries, settings: Settings, conf: GalleryConf
) -> Callable[[Tutorial], bool]:
    """Whether a tutorial may execute.

    :raises DocentError: a pattern matches nothing.
    """
    chosen = settings.selection
    if not conf["plot_gallery"]:
        return _nothing
    if chosen is not None:
        paths = [tutorial.path for tutorial in galleries.tutorials]
        check_selection(chosen, paths, settings.origin)
    unclear = {
        script.tutorial
        for script in galleries.scripts
        if any(problem.category == "comment" for problem in script.problems)
    }

    def selected(tutorial: Tutorial) -> bool:
        if tutorial in unclear:
            return False
        if chosen is None:
            return wants_execution(tutorial.source, conf)
        return tutorial.path in chosen

    return selected


def plan_build(
    galleries: Galleries, settings: Settings, context: BuildContext, *, executes: bool
) -> Plan:
    """Decide what the build does with each tutorial.

    :param executes: whether this kind of build may show results at all.
    :raises DocentError: a pattern matches nothing.
    """
    tutorials = galleries.tutorials
    selected = selector(galleries, settings, context.conf) if executes else _nothing
    wanted = [tutorial for tutorial in tutorials if selected(tutorial)]
    lacking = missing_requirements(
        {name for entry in wanted for name in entry.requires},
        settings.probes,
        settings.devices,
        settings.scheduler,
    )
    chosen = settings.selection
    partial = selected is not _nothing and chosen is not None and bool(chosen.patterns)
    known = look_up(tutorials if partial else wanted, context, set(wanted))
    steps = make_plan(
        tutorials,
        selected,
        lacking,
        lambda tutorial: known[tutorial].status,
        restores_others=partial,
    )
    if chosen is None and selected is not _nothing:
        steps = [_with_reason(step, context.conf) for step in steps]
    return Plan(steps, {tutorial: found.entry for tutorial, found in known.items() if found.entry})


def _with_reason(step: Step, conf: GalleryConf) -> Step:
    """The step, which says so if the project itself never executes the tutorial."""
    if step.action is not Action.RENDER or wants_execution(step.tutorial.source, conf):
        return step
    return replace(step, reason=UNMATCHED)


def _nothing(_tutorial: Tutorial) -> bool:
    return False
