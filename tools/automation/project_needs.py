"""What a project already says that its documentation needs, taken over as it says it."""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = ("docs", "doc", "documentation")
FILES = (
    *(f"{folder}/requirements.txt" for folder in WORDS),
    *(f"requirements/{word}.txt" for word in WORDS),
    *(f"requirements-{word}.txt" for word in WORDS),
    *(f"requirements_{word}.txt" for word in WORDS),
    *(f"{word}-requirements.txt" for word in WORDS),
    *(f"{folder}/requirements-{word}.txt" for folder in WORDS for word in WORDS),
    *(f"{folder}/{word}-requirements.txt" for folder in WORDS for word in WORDS),
    "dev-requirements.txt",
    "requirements-dev.txt",
    "requirements/dev.txt",
)
COMPILED = ("mesonpy", "scikit_build_core", "maturin", "enscons", "sipbuild")


@dataclass(frozen=True, slots=True)
class Needs:
    """Lines for an ``.in`` file, and where they come from.

    :param lines: in pip's words; paths to other files begin at the project's root.
    :param origin: for the person, such as ``the extra "docs"``.
    """

    lines: tuple[str, ...]
    origin: str


def find_needs(root: Path) -> Needs:
    """The documentation's needs: an extra, a dependency group, or a file of requirements."""
    project = _read(root / "pyproject.toml")
    extras = {*_table(_table(project, "project"), "optional-dependencies"), *_setup_extras(root)}
    groups = _table(project, "dependency-groups")
    for word in WORDS:
        if word in extras:
            return Needs((project_line(root, word),), f'the extra "{word}"')
        if word in groups:
            lines = tuple(_group(groups, word))
            return Needs((*lines, *own(root)), f'the dependency group "{word}"')
    named = _named_by_read_the_docs(root)
    for name in (*named, *FILES):
        if (root / name).is_file():
            return Needs((f"-r {name}", *own(root)), name)
    return Needs(own(root), "nothing that was found: add what conf.py imports")


def _setup_extras(root: Path) -> list[str]:
    """The extras in ``setup.cfg``."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(root / "setup.cfg", encoding="utf-8")
        return parser.options("options.extras_require")
    except (configparser.Error, UnicodeDecodeError):
        return []


def own(root: Path) -> tuple[str, ...]:
    """The line that asks for the project itself, if it can be installed."""
    return (project_line(root, ""),) if _is_package(root) else ()


def project_line(root: Path, extra: str) -> str:
    """The project itself: editable, unless it has to be compiled."""
    path = f".[{extra}]" if extra else "."
    return path if _is_compiled(root) else f"-e {path}"


def as_seen_from(folder: str, line: str) -> str:
    """A ``-r`` that begins at the root, as it reads in a file of another folder."""
    if not line.startswith("-r "):
        return line
    return f"-r {Path(os.path.relpath(line[3:], folder)).as_posix()}"


def _is_package(root: Path) -> bool:
    project = _read(root / "pyproject.toml")
    return "project" in project or (root / "setup.py").is_file() or _has_poetry(project)


def _has_poetry(project: Mapping[str, Any]) -> bool:
    return "name" in _table(_table(project, "tool"), "poetry")


def _is_compiled(root: Path) -> bool:
    backend = _table(_read(root / "pyproject.toml"), "build-system").get("build-backend", "")
    setup = root / "setup.py"
    has_modules = setup.is_file() and "ext_modules" in setup.read_text("utf-8", "replace")
    return str(backend).partition(".")[0] in COMPILED or has_modules


def _named_by_read_the_docs(root: Path) -> Iterator[str]:
    for name in (".readthedocs.yaml", ".readthedocs.yml"):
        file = root / name
        if file.is_file():
            text = file.read_text("utf-8", "replace")
            yield from re.findall(
                r"^\s*-?\s*requirements:\s*['\"]?([^'\"\s#]+)", text, re.MULTILINE
            )


def _group(groups: Mapping[str, Any], name: str, depth: int = 0) -> Iterator[str]:
    found = groups.get(name)
    entries = found if isinstance(found, list) and depth < 9 else []
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict) and "include-group" in entry:
            yield from _group(groups, str(entry["include-group"]), depth + 1)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = table.get(name, {})
    return value if isinstance(value, dict) else {}
