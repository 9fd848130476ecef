"""All cases, by clause of the promise, and the repositories that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from ..cases import (
    asked_details,
    asked_existence,
    conf_functions,
    conf_helpers,
    conf_objects,
    conf_settings,
    executing_inputs,
    executing_others,
    imports_elsewhere,
    imports_looked_for,
    imports_modules,
    installed_editable,
    installed_metadata,
    installed_releases,
    loaded,
    names_linked,
    names_listed,
    names_renamed,
    not_counted,
    not_read,
    odd_names,
    outside_files,
    outside_variables,
    outside_zone_and_locale,
    rc,
    read_by_child,
    read_in_process,
    set_by_conf,
)
from ..harness.model import Case, Project

_TABLES = (
    read_in_process,
    read_by_child,
    not_read,
    loaded,
    names_renamed,
    names_linked,
    names_listed,
    asked_existence,
    asked_details,
    imports_modules,
    imports_looked_for,
    imports_elsewhere,
    conf_functions,
    conf_objects,
    conf_helpers,
    conf_settings,
    set_by_conf,
    installed_releases,
    installed_editable,
    installed_metadata,
    outside_files,
    outside_variables,
    outside_zone_and_locale,
    rc,
    executing_inputs,
    executing_others,
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
    tables: dict[str, dict[str, Any]] = {_own(table): {} for table in _TABLES}
    for table in _TABLES:
        tables |= getattr(table, "PROJECTS", {})
    return Project(name=name, **tables[name])


def _own(table: ModuleType) -> str:
    """The repository of the cases of a table that need nothing special; tables may share it."""
    return str(getattr(table, "PROJECT", table.__name__.rpartition(".")[2]))
