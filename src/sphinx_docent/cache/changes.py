"""What is no longer as it was when a result was made, in words."""

from __future__ import annotations

from collections.abc import Iterator

from .ambient import CONF, VARIABLES
from .inputs import TABLES, Inputs
from .locations import shown
from .project_state import ProjectState


def changes(inputs: Inputs, state: ProjectState) -> Iterator[str]:
    """What is no longer as it was, in words; first what explains the rest."""
    for table in sorted(TABLES, key=lambda name: name != "distributions"):
        for name, before in getattr(inputs, table).items():
            now = state.value(table, name)
            if now != before:
                yield _in_words(table, name, before, now)


def _in_words(table: str, name: str, before: str | None, now: str | None) -> str:
    path = shown(name)
    if table in ("files", "kinds", "modes", "sizes", "times") and None in (before, now):
        return f"`{path}` is {'new' if before is None else 'gone'}"
    if table == "modules":
        if None in (before, now):
            return f"`{name}` {'can' if now else 'can no longer'} be imported"
        return f"`{name}` is imported from `{shown(str(now))}`, was from `{shown(str(before))}`"
    words = {
        "files": f"`{path}` changed",
        "kinds": f"`{path}` is a {now}, was a {before}",
        "modes": f"`{path}` can {'' if now == 'x' else 'no longer '}be run",
        "sizes": f"the size of `{path}` changed",
        "times": f"the time of `{path}` changed",
        "links": f"the link `{path}` leads elsewhere",
        "folders": f"the files in `{path}` changed",
        "distributions": f"`{name}` is {now or 'gone'}, was {before or 'missing'}",
        "variables": f"the variable `{name}` changed",
        "ambient": _of_ambient(name),
    }
    return words[table]


def _of_ambient(name: str) -> str:
    if not name.startswith(CONF):
        return f"the {name} changed"
    whose = name.removeprefix(CONF)
    return f"what `conf.py` does to {'variables' if whose == VARIABLES else f'`{whose}`'} changed"
