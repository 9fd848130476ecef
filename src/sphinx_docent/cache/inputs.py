"""What a result depends on, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .ambient import is_ambient
from .locations import is_name

Table = Mapping[str, str | None]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MODULE = re.compile(r"[^\s\0/\\.][^\s\0/\\]*")
_DISTRIBUTION = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a tutorial was seen to use, and how it was.

    Files and folders are named as :mod:`.locations` says. ``None`` is what was looked for and
    absent.

    :param files: SHA-256 of what was read.
    :param kinds: of what was only asked for: ``file``, ``folder`` or ``other``.
    :param modes: of files of which it was asked whether they can be run: ``x`` or ``-``.
    :param sizes: bytes of files whose size was asked for.
    :param times: of files whose time was asked for, in nanoseconds.
    :param links: what links lead to that were read or may have been followed.
    :param folders: digest of the names in each folder that was listed.
    :param modules: where each module comes from that was imported or looked for.
    :param distributions: version of what is installed, or that it counts by content.
    :param variables: digest of each variable of the environment that was asked for.
    :param ambient: time zone, locale, entry points, and what ``conf.py`` does to libraries.
    """

    files: Table = field(default_factory=dict)
    kinds: Table = field(default_factory=dict)
    modes: Table = field(default_factory=dict)
    sizes: Table = field(default_factory=dict)
    times: Table = field(default_factory=dict)
    links: Table = field(default_factory=dict)
    folders: Table = field(default_factory=dict)
    modules: Table = field(default_factory=dict)
    distributions: Table = field(default_factory=dict)
    variables: Table = field(default_factory=dict)
    ambient: Table = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Any) -> Inputs:
        """Read what :func:`dataclasses.asdict` wrote.

        :raises ValueError: it is something else.
        """
        if not isinstance(data, dict) or set(data) != set(TABLES):
            raise ValueError("not a table of inputs")
        return cls(**{name: _checked(data[name], TABLES[name]) for name in TABLES})


def is_variable(name: str) -> bool:
    """Whether a text can be the name of a variable; ``*`` is all of them."""
    return bool(name) and "=" not in name and "\0" not in name


TABLES: Mapping[str, tuple[Callable[[str], object], Callable[[str], object]]] = {
    "files": (is_name, _DIGEST.fullmatch),
    "kinds": (is_name, ("file", "folder", "other").__contains__),
    "modes": (is_name, ("x", "-").__contains__),
    "sizes": (is_name, str.isdecimal),
    "times": (is_name, re.compile(r"-?\d+").fullmatch),
    "links": (is_name, bool),
    "folders": (is_name, _DIGEST.fullmatch),
    "modules": (_MODULE.fullmatch, bool),
    "distributions": (_DISTRIBUTION.fullmatch, bool),
    "variables": (is_variable, _DIGEST.fullmatch),
    "ambient": (is_ambient, bool),
}
"""What the names and the values of each table must be like."""


PATHS = ("files", "kinds", "modes", "sizes", "times", "links", "folders")
"""The tables whose names are files and folders."""


def _checked(
    table: Any, like: tuple[Callable[[str], object], Callable[[str], object]]
) -> dict[str, str | None]:
    is_key, is_value = like
    if not isinstance(table, dict):
        raise ValueError("not a table")
    for name, value in table.items():
        if not isinstance(name, str) or len(name) > _LONGEST or not is_key(name):
            raise ValueError(f"not a name: {name!r}")
        if value is not None and not (
            isinstance(value, str) and len(value) <= _LONGEST and is_value(value)
        ):
            raise ValueError(f"not a value of {name!r}: {value!r}")
    return table


NO_INPUTS = Inputs()
assert tuple(TABLES) == tuple(entry.name for entry in fields(Inputs))  # noqa: S101
