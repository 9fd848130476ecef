"""What the results of tutorials depend on beside the project, and how two machines differ in it.

Needs the standard library alone, so that any worker can tell.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping

from ..machine.interpreter import interpreter
from ..version import __version__

Environment = Mapping[str, str]
"""Versions by name: ``python``, ``platform``, and each distribution."""

# Those that install others: no tutorial's output depends on them.
_INSTALLERS = {"pip", "uv"}


def own_environment() -> dict[str, str]:
    """This process's environment."""
    return {
        **installed(sys.path),
        **interpreter(),
        "sphinx-docent": __version__,
    }


def installed(folders: Iterable[str]) -> dict[str, str]:
    """Version of each distribution by normalised name, read from the names of the folders that
    :pep:`376` and :pep:`427` prescribe: to open each takes a hundred times as long.

    :param folders: as in ``sys.path``; the first that holds a distribution counts.
    """
    versions: dict[str, str] = {}
    for folder in folders:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for name in names:
            match = _METADATA.fullmatch(name)
            if match:
                versions.setdefault(re.sub(r"[-_.]+", "-", match[1]).lower(), match[2])
    return {name: versions[name] for name in versions if name not in _INSTALLERS}


def difference(ours: Environment, theirs: Environment) -> str | None:
    """The first thing that is not the same, in words; ``None`` if all is."""
    for name in sorted({*ours, *theirs}, key=lambda name: (name not in _FIRST, name)):
        here, there = ours.get(name), theirs.get(name)
        if here != there:
            return f"its {name} is {there or 'missing'}, here it is {here or 'missing'}"
    return None


_FIRST = ("python", "platform", "sphinx-docent")
_METADATA = re.compile(r"(.+?)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info")
