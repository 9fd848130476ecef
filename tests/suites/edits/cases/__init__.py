"""All cases, by clause of the issue, and the repositories that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from ..cases import (
    asked,
    conf,
    executing,
    imports,
    installed,
    loaded,
    names,
    not_counted,
    odd_names,
    outside,
    rc,
    read,
    set_by_conf,
)
from ..harness.model import Case, Project

_TABLES = (
    read,
    loaded,
    names,
    asked,
    imports,
    conf,
    set_by_conf,
    installed,
    outside,
    rc,
    executing,
    not_counted,
    odd_names,
)


def all_cases() -> list[Case]:
    """The cases of all tables.

    :raises ValueError: two have one name, which stands for the files that are theirs.
    """
    cases = [
        replace(case, clause=case.clause or table.CLAUSE, project=case.project or _own(table))
        for table in _TABLES
        for case in table.CASES
    ]
    twice = [name for name, count in Counter(case.name for case in cases).items() if count > 1]
    if twice:
        raise ValueError(f"cases of the same name: {', '.join(twice)}")
    return cases


def project_of(cases: Sequence[Case]) -> Project:
    """The repository that cases share."""
    name = cases[0].project
    tables: dict[str, dict[str, Any]] = {}
    for table in _TABLES:
        tables |= {_own(table): {}, **getattr(table, "PROJECTS", {})}
    return Project(name=name, **tables[name])


def _own(table: ModuleType) -> str:
    """The repository of the cases of a table that need nothing special."""
    return table.__name__.rpartition(".")[2]
