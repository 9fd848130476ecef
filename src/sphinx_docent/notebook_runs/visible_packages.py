"""The packages of this environment that a notebook's kernel sees: not what it shall install itself.

A package that is there already, from an index or from a working copy, would prove nothing about the
installation. So the kernel sees a folder of links to this environment's packages in which those are
left out. No link lies in the environment that pip writes to: pip removes nothing through it.
"""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from ..cache.distribution import Distribution, find_distributions, normalised

_KERNEL = ("ipykernel", "pip")
"""Without these and what they need, no notebook runs."""

_DEVELOPED = re.compile(r"easy-install\.pth|.*\.egg-link")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out.

    :param names: canonical names of distributions, installed or not.
    """

    names: frozenset[str]

    @property
    def impossible(self) -> frozenset[str]:
        """Those that cannot be left out: the kernel needs them."""
        return self.names & kernel_packages()

    def link_packages(self, folder: Path, sources: Sequence[Path] = ()) -> None:
        """Fill a folder with links to the packages that are seen.

        :param folder: does not exist yet.
        :param sources: the folders that packages lie in; this environment's if not given.
        """
        folder.mkdir()
        for source in sources or site_folders():
            installed = list(find_distributions(str(source), None))
            hidden = [entry for entry in installed if self._hides(entry)]
            _link(source, folder, _Files(hidden, installed))

    def _hides(self, entry: Distribution) -> bool:
        unwanted = entry.name in self.names or entry.tree is not None
        return unwanted and entry.name not in kernel_packages()


class _Files:
    """Which files are left out.

    :param hidden: distributions; what they share with others, such as a namespace, is looked
        through.
    """

    def __init__(self, hidden: Iterable[Distribution], installed: Iterable[Distribution]) -> None:
        gone = list(hidden)
        kept = {top for entry in installed if entry not in gone for top in entry.tops}
        self.tops = {top for entry in gone for top in entry.tops} - kept
        shared = (name for entry in gone for name in entry.record)
        self.files = {name for name in shared if name.partition("/")[0] in kept}
        self.folders = {parent for name in self.files for parent in _parents(name)}


def _link(source: Path, target: Path, left_out: _Files, inside: str = "") -> None:
    for name in sorted(os.listdir(source / inside)):
        place = f"{inside}{name}"
        link = target / place
        if place in left_out.tops or place in left_out.files or _DEVELOPED.fullmatch(name):
            continue
        if inside and name == "__pycache__":
            continue
        if place in left_out.folders:
            link.mkdir(exist_ok=True)
            _link(source, target, left_out, f"{place}/")
            if not any(link.iterdir()):
                link.rmdir()
        elif not link.exists():
            link.symlink_to(source / place)


def _parents(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def site_folders() -> list[Path]:
    """The folders that this environment's packages lie in."""
    paths = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    return [Path(path) for path in paths if os.path.isdir(path)]


@cache
def kernel_packages() -> frozenset[str]:
    """Canonical names of what a bare kernel is made of."""
    return frozenset(_with_needs(_KERNEL))


def _with_needs(names: Collection[str]) -> set[str]:
    found: set[str] = set()
    pending = [normalised(name) for name in names]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        plain = (need for need in needs if "extra ==" not in need)
        heads = (re.match(r"[\w.-]+", need) for need in plain)
        pending += [normalised(head[0]) for head in heads if head]
    return found
