"""After any edit, exactly the tutorials are executed that have to be.

What has to be is computed here, from a table of who uses what, and from nothing that the
extension knows. ``DOCENT_MUTATIONS=400`` tries more edits.
"""

from __future__ import annotations

import os
import random

import pytest
from tests.helpers.edited_project import Project, begin, write
from tests.helpers.random_edits import KINDS
from tests.helpers.sites import Site

EDITS = int(os.environ.get("DOCENT_MUTATIONS", "26"))
CHUNKS = 2
SEED = int(os.environ.get("DOCENT_SEED", "1"))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_exactly_those_are_executed_that_have_to_be(site: Site, chunk: int) -> None:
    numbers = random.Random(SEED * 1000 + chunk)
    project = begin(numbers)
    known: set[str] = set()
    done: list[str] = []
    edits = ["begin"]
    old: list[str] = []
    new = 100
    while edits:
        name_only_what_is_there(project)
        write(project, site)
        for path in numbers.sample(sorted(project.tutorials), 2):
            (site.docs / f"{path}.py").touch()
        needed = {path: project.needs(path) for path in project.tutorials}
        expected = {path for path, needs in needed.items() if needs not in known}
        built = site.build(builder="pseudoxml")
        assert built.code == 0, (edits, built.output)
        story = f"after {old[-3:]}: {edits}\n" + "\n".join(
            f"{entry['path']}: {entry['reason']}" for entry in built.report["tutorials"]
        )
        reported = {path[len("/docs/") : -len(".py")] for path in site.executed()}
        assert reported == expected, story
        assert set(built.runs) == expected, story
        known.update(needed.values())
        done += edits
        old = edits
        edits = []
        if len(done) <= EDITS // CHUNKS:
            for _ in range(numbers.choice((1, 1, 2, 3))):
                new += 1
                edits.append(numbers.choice(KINDS)(project, numbers, new))


def name_only_what_is_there(project: Project) -> None:
    """An order that names what is gone would be an error."""
    order = project.settings["order"]
    assert isinstance(order, list)
    project.settings["order"] = [
        name for name in order if f"tutorials/{name[:-3]}" in project.tutorials
    ]
