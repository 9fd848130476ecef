"""A repository, an environment and a home folder, and edits of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from sphinx_docent.cache.collection import collect_inputs
from sphinx_docent.cache.distributions import Distributions
from sphinx_docent.cache.inputs import Inputs
from sphinx_docent.cache.project_state import ProjectState


@dataclass
class Place:
    """A repository, an environment and a home folder."""

    base: Path
    documented: str | None = None
    environ: dict[str, str] = field(default_factory=lambda: {"A": "1", "PWD": "/x"})
    made: tuple[str, ...] = ("repo/docs/_build",)

    def path(self, name: str) -> Path:
        return self.base / name

    @property
    def site(self) -> Path:
        return self.path("env/site-packages")

    def write(self, name: str, text: str = "1") -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text)

    def state(self) -> ProjectState:
        return ProjectState(
            self.path("repo"),
            Distributions([str(self.path("repo/lib")), str(self.site)], self.documented),
            made=[self.path(name) for name in self.made],
            environ=self.environ,
            home=self.path("home"),
        )

    def stock(self, **used: str) -> Inputs:
        """What was used: of files and folders the names in the base folder."""
        tables: dict[str, list[str]] = {}
        for table, names in used.items():
            each = [names] if table == "ambient" else names.split()
            tables[table] = each if table in _NAMES else [str(self.path(name)) for name in each]
        return collect_inputs(tables, self.state())


_NAMES = ("modules", "distributions", "variables", "ambient")


def touch(place: Place, name: str) -> None:
    os.utime(place.path(name), ns=(1, 1))


def rename(place: Place, old: str, new: str) -> None:
    place.path(new).parent.mkdir(parents=True, exist_ok=True)
    place.path(old).rename(place.path(new))


def to_folder(place: Place) -> None:
    place.path("repo/docs/x.csv").unlink()
    place.write("repo/docs/x.csv/a")


def relink(place: Place) -> None:
    place.path("repo/docs/link").unlink()
    place.path("repo/docs/link").symlink_to("y.csv")
