"""Random edits of a project of two galleries."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.helpers.edited_project import FOLDERS, Project, some_uses

Edit = Callable[[Project, random.Random, int], str]


def _some(project: Project, numbers: random.Random) -> str:
    return numbers.choice(sorted(project.tutorials))


def edit_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    project.tutorials[path] = (project.tutorials[path][0], new)
    return f"edit {path}"


def change_uses(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    project.tutorials[path] = (some_uses(numbers), project.tutorials[path][1])
    return f"{path} uses {project.tutorials[path][0]}"


def add_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = f"{numbers.choice(FOLDERS)}/t{new}"
    project.tutorials[path] = (some_uses(numbers), new)
    return f"add {path}"


def delete_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    if len([name for name in project.tutorials if _folder(name) == _folder(path)]) > 1:
        del project.tutorials[path]
    return f"delete {path}"


def rename_tutorial(project: Project, numbers: random.Random, new: int) -> str:
    path = _some(project, numbers)
    content = project.tutorials.pop(path)
    project.tutorials[f"{_folder(path)}/t{new}"] = content
    return f"rename {path}"


def edit_helper(project: Project, numbers: random.Random, new: int) -> str:
    name = numbers.choice(sorted(project.numbers))
    project.numbers[name] = new
    return f"edit {name}"


def toggle_import(project: Project, numbers: random.Random, new: int) -> str:
    project.h0_imports_h1 = not project.h0_imports_h1
    return "change what h0 imports"


def edit_data(project: Project, numbers: random.Random, new: int) -> str:
    name = f"{numbers.choice(FOLDERS)}:{numbers.randrange(4)}"
    project.data[name] = new
    return f"edit {name}"


def delete_data(project: Project, numbers: random.Random, new: int) -> str:
    name = numbers.choice(sorted(project.data)) if project.data else ""
    project.data.pop(name, None)
    return f"delete {name}"


def change_setting(project: Project, numbers: random.Random, new: int) -> str:
    values: dict[str, list[object]] = {
        "python": ["3.99.1", "3.99.2"],
        "theme": ["basic", "alabaster"],
        "jobs": [1, 2, 3],
        "download": [True, False],
        "shape": [True, False],
        "order": [[], [f"{name}.py" for name in _listed(project, numbers)]],
    }
    # What re-executes everything is kept rare.
    name = numbers.choice([*sorted(values), "theme", "jobs", "order", "download"])
    project.settings[name] = numbers.choice(values[name])
    return f"set {name} to {project.settings[name]}"


def edit_nothing(project: Project, numbers: random.Random, new: int) -> str:
    project.chaff = new
    return "edit what no tutorial uses"


KINDS: tuple[Edit, ...] = (
    edit_tutorial,
    edit_tutorial,
    change_uses,
    add_tutorial,
    delete_tutorial,
    rename_tutorial,
    edit_helper,
    edit_helper,
    edit_helper,
    toggle_import,
    edit_data,
    edit_data,
    delete_data,
    change_setting,
    edit_nothing,
)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _listed(project: Project, numbers: random.Random) -> list[str]:
    names = [path.rpartition("/")[2] for path in project.tutorials if _folder(path) == "tutorials"]
    return numbers.sample(sorted(names), min(2, len(names)))
