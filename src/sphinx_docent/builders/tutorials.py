"""The builder ``tutorials``: prints what a build would do with each tutorial, and does nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sphinx.builders.dummy import DummyBuilder

from ..model import Action, Step
from ..printable import printable

_COLOURS = {
    Action.EXECUTE: "yellow",
    Action.RESTORE: "green",
    Action.RENDER: "dim",
    Action.SKIP: "magenta",
}


class TutorialsBuilder(DummyBuilder):
    """Stands for the HTML builder in the plan; nothing is read or written."""

    name = "tutorials"
    format = "html"


def print_plan(steps: Sequence[Step], seconds: Mapping[str, float], isolation: str) -> None:
    """Print the table.

    :param seconds: the last known execution time by path.
    :param isolation: how tutorials are isolated, in words.
    """
    # rich takes a fifth of a second to import; no other build needs it.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("Tutorial", no_wrap=True)
    for heading in ("Requires", "Action", "Why"):
        table.add_column(heading)
    table.add_column("Last seconds", justify="right")
    for step in steps:
        known = seconds.get(step.tutorial.path)
        table.add_row(
            Text(printable(step.tutorial.path)),
            ", ".join(step.tutorial.requires),
            Text(step.action, _COLOURS[step.action]),
            Text(printable(step.reason)),
            f"{known:.1f}" if known else "",
        )
    console = Console()
    if not console.is_terminal:
        console.width = 200
    console.print(table)
    console.print(f"Isolation: {isolation}", markup=False, highlight=False)
