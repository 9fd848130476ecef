"""Takes what a tutorial was seen to use, and looks what that is now."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from .ambient import VARIABLES, done_by_conf
from .distribution import normalised
from .inputs import PATHS, TABLES, Inputs
from .locations import is_metadata
from .project_state import ProjectState

Used = Mapping[str, Iterable[str]]
"""What a tutorial was seen to use, by the name of the table in :class:`Inputs`: files and folders
by absolute path, modules and variables by name."""


def collect_inputs(used: Used, state: ProjectState, source: Path | None = None) -> Inputs:
    """What was used, as it is now.

    :param source: the tutorial's own, which may ask for the time zone, but is no input.
    """
    names: dict[str, set[str]] = {table: set(used.get(table, ())) for table in TABLES}
    for path in [*names["files"], *([str(source)] if source else [])]:
        names["ambient"] |= state.asked_by(path)
    versions = set(map(normalised, names["distributions"]))
    for table in PATHS:
        found = set()
        for path in names[table]:
            name = state.locations.name(path)
            if name is not None:
                found.add(name)
            if name is None or is_metadata(name):
                owned = state.distributions.owner(path)
                versions |= {owned[0].name} if owned is not None else set()
        names[table] = found
    names["kinds"] -= names["files"]  # that a file has a content says that it is one
    names["distributions"] = versions | _behind(names["modules"], state)
    libraries = _libraries(names["modules"], state)
    concerned = libraries | {VARIABLES} if libraries else set()
    names["ambient"] |= set(map(done_by_conf, concerned))
    return Inputs(
        **{
            table: {name: state.value(table, name) for name in sorted(names[table]) if fits(name)}
            for table, (fits, _) in TABLES.items()
        }
    )


def _behind(modules: Collection[str], state: ProjectState) -> set[str]:
    """The distributions that modules come from which are installed.

    Of a namespace that several share, those count whose modules were used.
    """
    inner = {module.partition(".")[0] for module in modules if "." in module}
    found: set[str] = set()
    for module in modules:
        owners = state.distributions.of_module(module)
        shared_name = len(owners) > 1 and module in inner
        if owners and not shared_name and not _is_in_tree(state.value("modules", module)):
            found.update(owners)
    return found


def _libraries(modules: Collection[str], state: ProjectState) -> set[str]:
    """The top-level packages that are used and are neither Python's own nor the project's."""
    tops = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names
    return {
        top
        for top in tops
        if (origin := state.value("modules", top)) is not None and not origin.startswith("repo:")
    }


def _is_in_tree(origin: str | None) -> bool:
    return origin is None or origin.startswith("repo:") or "/~/" in origin
