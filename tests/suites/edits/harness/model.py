"""What a case is: a tutorial, one edit, and what has to follow from it.

In every text of a case, ``CASE`` stands for the case's name, so that cases that share a gallery
never share a file; ``@ROOT`` for the repository, ``@OUTSIDE`` for a folder beside it, ``@SITE``
for the folder of installed distributions, ``@HOME`` for the home folder, ``@LINE`` for the
address at which the harness listens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..harness.site import Site

Edit = Callable[["Site", str], None]
"""Changes a site; the second argument is the name of the case."""

DATA = "docs/tutorials/CASE/data.csv"
"""A file that belongs to one case alone."""

HEALTHY = "healthy"
"""The neighbour that uses nothing."""


def nothing(_site: Site, _case: str) -> None:
    """Edit nothing."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One edit and the build after it.

    :param again: whether the tutorial must be executed; ``None``: it may be.
    :param shows: what its page must show; several with ``|`` between them if either is right.
    :param options: of ``sphinx-build``, for this build alone.
    """

    edit: Edit
    again: bool | None
    shows: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A tutorial under test.

    :param clause: the sentence of the promise that it belongs to.
    :param code: of the tutorial; ``show(value)`` puts a value on the page.
    :param files: written before the first build, by path.
    :param setup: done after that.
    :param first: what the page must show after the first build.
    :param during: edits made while the tutorial waits in ``tell("word")``, by that word.
    :param others: further tutorials that it needs, by name.
    :param conf: lines of ``conf.py``.
    :param project: the repository that it shares; where none is given, that of its clause.
    :param everyone: whether the edit concerns every tutorial of the gallery.
    :param stem: of the tutorial's file, where it is not the case's name.
    :param check: looks at the site after the last build; returns what is wrong there, or nothing.
    :param debatable: why another expectation could be held as well.
    """

    name: str
    clause: str = ""
    code: str = ""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    setup: Edit = nothing
    first: str = "one"
    steps: tuple[Step, ...] = ()
    during: Mapping[str, Edit] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    comments: str = ""
    conf: str = ""
    everyone: bool = False
    project: str = ""
    stem: str = ""
    check: Callable[[Site, str], str] | None = None
    debatable: str = ""

    @property
    def file(self) -> str:
        """The file name, without ending, of the tutorial that is looked at.

        A case of ``conf.py`` alone has none of its own, and is seen on its neighbour's page.
        """
        stem = self.stem or (self.name if self.code else HEALTHY)
        return stem.replace("CASE", self.name)


@dataclass(frozen=True, kw_only=True)
class Project:
    """A repository whose cases are built together.

    :param conf: lines of ``conf.py`` before those of the cases.
    :param in_turn: whether there is a build for each case's edit; otherwise all are made at once.
    :param still: whether it is tried out first that a build without an edit executes nothing.
    :param root: name of the repository's folder.
    :param alias: whether builds name the repository by a symbolic link.
    :param env: variables of all builds.
    """

    name: str
    conf: str = ""
    in_turn: bool = False
    still: bool = True
    root: str = "site"
    alias: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """How a case went."""

    RIGHT = "right"
    STALE = "stale"
    TOO_MANY = "too many"
    WRONG = "wrong page"


@dataclass(frozen=True)
class Outcome:
    """The verdict on a case, and the first thing that was not right."""

    case: Case
    verdict: Verdict
    detail: str = ""


def again(name: str, code: str, edit: Edit | None = None, **more: Any) -> Case:
    """A case whose tutorial must be executed after the edit.

    :param edit: where it is not given, the content of ``DATA`` changes.
    :param more: ``then``, what the page shows afterwards, and fields of :class:`Case`.
    """
    from ..harness.edits import write

    if edit is None:
        edit = write(DATA, "three")
        more.setdefault("files", {DATA: "one"})
    then = str(more.pop("then", "three"))
    step = Step(edit=edit, again=True, shows=then)
    return Case(name=name, code=code, steps=(step,), **more)


def same(name: str, code: str, edit: Edit, **more: Any) -> Case:
    """A case whose tutorial must not be executed after the edit."""
    more.setdefault("files", {DATA: "one"})
    step = Step(edit=edit, again=False, shows=str(more.get("first", "one")))
    return Case(name=name, code=code, steps=(step,), **more)


def back(case: Case, edit: Edit) -> Case:
    """The same case, whose edit is taken back: the first result is right again, and kept.

    :param edit: takes the case's edit back.
    """
    step = Step(edit=edit, again=False, shows=case.first)
    return replace(case, name=f"{case.name}_and_back", steps=(*case.steps, step))
