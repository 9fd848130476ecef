"""Where things lie in the project: ``[tool.docent]`` in ``pyproject.toml``, read and checked.

Needs the standard library alone: sessions, tasks and workflows read it before anything is
installed. Every path is relative to the project's root, with ``/`` between its parts.
"""

from __future__ import annotations

import configparser
import difflib
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)


class LayoutError(Exception):
    """A value of ``[tool.docent]`` makes no sense; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """One ``conf.py``.

    :param documentation: its folder.
    :param build: what builds make of it, one folder below it for each builder.
    :param state: reports, and results kept for the next build.
    """

    documentation: str
    build: str
    state: str

    @property
    def html(self) -> str:
        """The folder of the finished site."""
        return f"{self.build}/html"


@dataclass(frozen=True, slots=True)
class Published:
    """Where a version goes in the site's repository.

    :param development: the folder of the development version.
    :param release: the folder of a release, with ``{version}`` for what ``--version`` says, or
        ``{major}.{minor}``.
    :param preview: the folder of a pull request's preview.
    """

    development: str = "docs"
    release: str = "docs/{version}"
    preview: str = "pr/{number}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the project says of itself.

    :param sites: each has a ``conf.py``; the first is the one that is served and deployed.
    :param requirements: the folder of the ``.in`` files and their locks.
    :param languages: of the site, beside the one that it is written in.
    :param prepare: commands, each a list of words, that make sources before a build.
    :param pythonpath: folders that Python finds modules in.
    :param watch: folders whose edits ``serve --live`` follows, beside the documentation's.
    :param generated: what builds make outside of the build folder.
    :param sessions: a file with sessions of the project's own; empty if there is none.
    :param python: the oldest Python that the locks hold for, such as ``3.11``.
    """

    sites: tuple[Site, ...]
    requirements: str
    languages: tuple[str, ...]
    prepare: tuple[tuple[str, ...], ...]
    pythonpath: tuple[str, ...]
    watch: tuple[str, ...]
    generated: tuple[str, ...]
    sessions: str
    python: str
    published: Published

    @property
    def site(self) -> Site:
        """The site that is served and deployed."""
        return self.sites[0]

    @property
    def built(self) -> tuple[str, ...]:
        """What builds make; not the state, where that has a place of its own."""
        folders = [site.build for site in self.sites]
        times = [f"{site.documentation}/sg_execution_times.rst" for site in self.sites]
        return tuple(dict.fromkeys([*folders, *self.generated, *times]))


def read_layout(root: Path) -> Layout:
    """Read ``pyproject.toml``; what it does not say is as in this project's own repository.

    :param root: the project's root.
    :raises LayoutError: the file or a value makes no sense.
    """
    file = root / "pyproject.toml"
    try:
        content = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    except (OSError, ValueError) as error:
        raise LayoutError(f"pyproject.toml: {error}") from error
    tool = content.get("tool", {})
    table = tool.get("docent", {}) if isinstance(tool, dict) else {}
    return _layout(_table(table, "[tool.docent]"), _requires_python(content, root / "setup.cfg"))


def _requires_python(content: Mapping[str, Any], setup: Path) -> str:
    """What the project says of itself; what it says wrongly is for others to complain of."""
    project = content.get("project", {})
    if isinstance(project, dict) and "requires-python" in project:
        return str(project["requires-python"])
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(setup, encoding="utf-8")
        return parser.get("options", "python_requires", fallback="")
    except (configparser.Error, UnicodeDecodeError):
        return ""


def _layout(table: Mapping[str, Any], requires_python: str) -> Layout:
    known = {field.name for field in fields(Layout)} | {"documentation", "build", "state"}
    for name in table.keys() - known:
        near = difflib.get_close_matches(name, known, 1) or sorted(known)
        raise LayoutError(f"{_named(name)} is not known; did you mean {' or '.join(near)}?")
    sites = _sites(table)
    return Layout(
        sites=sites,
        requirements=_value(table, "requirements", _path, "requirements"),
        languages=_value(table, "languages", _languages, ()),
        prepare=_value(table, "prepare", _commands, ()),
        pythonpath=_value(table, "pythonpath", _paths, ()),
        watch=_value(table, "watch", _paths, ()),
        generated=_value(table, "generated", _paths, ()),
        sessions=_value(table, "sessions", _path, ""),
        python=_value(table, "python", _python, _oldest_python(requires_python)),
        published=_published(table.get("published", {})),
    )


def _sites(table: Mapping[str, Any]) -> tuple[Site, ...]:
    state = _value(table, "state", _path, "")
    if "sites" not in table:
        documentation = _value(table, "documentation", _path, "docs")
        build = _value(table, "build", _path, f"{documentation}/_build")
        return (Site(documentation, build, state or f"{documentation}/_build/docent"),)
    if "documentation" in table or "build" in table:
        raise LayoutError(f"{_named('sites')} stands for documentation and build: leave those out")
    folders = _table(table["sites"], "[tool.docent.sites]")
    if not folders:
        raise LayoutError(f'{_named("sites")} is empty: write a line such as "docs" = "build"')
    return tuple(
        Site(
            documentation := _path(name, "sites"),
            _path(build, "sites"),
            f"{state}/{documentation}" if state else f"{documentation}/_build/docent",
        )
        for name, build in folders.items()
    )


def _published(table: Any) -> Published:
    values = _table(table, "[tool.docent.published]")
    known = [field.name for field in fields(Published)]
    for name in values.keys() - set(known):
        raise LayoutError(f"{_named('published')}: {name} is not known: {' or '.join(known)}")
    published = Published(**{name: _path(value, "published") for name, value in values.items()})
    if "{" not in published.release:
        raise LayoutError(
            f"{_named('published')}: release is {published.release!r}:"
            " write {version} where the version goes"
        )
    return published


def _value(
    table: Mapping[str, Any],
    name: str,
    check: Callable[[Any, str], Any],
    default: Any,
) -> Any:
    return check(table[name], name) if name in table else default


def _path(value: Any, name: str) -> str:
    if isinstance(value, str) and value.strip() and "\\" not in value and "\0" not in value:
        path = PurePosixPath(value)
        if not path.is_absolute() and ".." not in path.parts:
            return path.as_posix()
    raise LayoutError(
        f"{_named(name)} is {value!r}:"
        " give a path in the project, from its root, such as 'doc/build'"
    )


def _paths(value: Any, name: str) -> tuple[str, ...]:
    return tuple(_path(item, name) for item in _list(value, name))


def _languages(value: Any, name: str) -> tuple[str, ...]:
    for item in _list(value, name):
        if not (isinstance(item, str) and re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?", item)):
            raise LayoutError(f"{_named(name)} has {item!r}: write languages like 'zh_CN'")
    return tuple(value)


def _commands(value: Any, name: str) -> tuple[tuple[str, ...], ...]:
    for command in _list(value, name):
        words = command if isinstance(command, list) else []
        if not words or not all(isinstance(word, str) and word for word in words):
            raise LayoutError(
                f"{_named(name)} has {command!r}:"
                ' a command is a list of words, as in [["make", "-C", "doc", "api"]]'
            )
    return tuple(tuple(command) for command in value)


def _python(value: Any, name: str) -> str:
    if not (isinstance(value, str) and re.fullmatch(r"3\.\d+", value)):
        raise LayoutError(f"{_named(name)} is {value!r}: give a version such as '3.11'")
    return _at_least(int(value[2:]))


def _oldest_python(requires: str) -> str:
    """The oldest Python that ``requires-python`` allows and that we support."""
    bounds = [int(minor) for minor in re.findall(r"(?:>=|~=|==)\s*3\.(\d+)", requires)]
    return _at_least(max(bounds, default=0))


def _at_least(minor: int) -> str:
    return f"3.{max(minor, OLDEST_PYTHON[1])}"


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise LayoutError(f"{_named(name)} is {value!r}: give a list")
    return value


def _table(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise LayoutError(f"pyproject.toml: {name} is {value!r}: make it a table")
    return value


def _named(key: str) -> str:
    return f"pyproject.toml: [tool.docent] {key}"


def print_values(words: list[str]) -> int:
    """Print what workflows need, as ``name=value`` lines; or the value of one name alone.

    :returns: the exit code.
    """
    try:
        layout = read_layout(ROOT)
    except LayoutError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    values = {
        "html": layout.site.html,
        "state": layout.site.state,
        "requirements": layout.requirements,
    }
    print("\n".join(values[name] for name in words) or "\n".join(map("=".join, values.items())))
    return 0


if __name__ == "__main__":
    raise SystemExit(print_values(sys.argv[1:]))
