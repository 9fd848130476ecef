"""What is installed, and by what each distribution counts: by its version, or by content.

A version says what a distribution holds if it came from an index and was released. The documented
project itself, what was installed from a folder, an archive or a repository, a development
version, and what has no list of its files may hold anything: of these each file counts that is
used. See :pep:`376`, :pep:`440`, :pep:`610` and :pep:`660`.
"""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from .distribution import OWN_NAME, Distribution, find_distributions, normalised

_STDLIB = sysconfig.get_paths()["stdlib"]
_OURS = f"{Path(__file__).parents[1]}/"
_SITE = re.compile(r"(^|/)(site|dist)-packages$")


class Distributions:
    """The distributions that this process can import from; each is looked at once.

    :param folders: as in ``sys.path``.
    :param documented: name of the project whose documentation is built, if it has one.
    """

    def __init__(self, folders: Iterable[str], documented: str | None = None) -> None:
        self._folders = tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders))
        self._documented = normalised(documented) if documented else None
        self._labels: dict[str, str | None] = {}

    def anew(self) -> Distributions:
        """The same, looked at again."""
        return Distributions(self._folders, self._documented)

    @cached_property
    def all(self) -> Mapping[str, Distribution]:
        """By normalised name; the first on the path counts."""
        found: dict[str, Distribution] = {}
        for folder in self._folders:
            for entry in find_distributions(folder, self._documented):
                found.setdefault(entry.name, entry)
        return found

    def of_module(self, name: str) -> tuple[str, ...]:
        """The distributions that a module belongs to.

        :param name: with dots, it is told which of those that share a namespace it is of.
        """
        top, _, rest = name.partition(".")
        owners = self._by_module.get(top, ())
        if len(owners) > 1 and rest:
            place = f"{top}/{rest.partition('.')[0]}"
            having = [owner for owner in owners if self.all[owner].has(place)]
            return tuple(having or owners)
        return tuple(owners)

    def state(self, name: str) -> str | None:
        """The version of a distribution, or that it counts by content; ``None`` if it is missing.

        Without a list of its files nothing says that a version and files belong together: both
        count.
        """
        entry = self.all.get(normalised(name))
        if entry is None or not entry.by_content:
            return entry.version if entry else None
        return "by content" if entry.has_record else f"{entry.version}, and by content"

    def owner(self, path: str) -> tuple[Distribution, str] | None:
        """The distribution that a file or folder belongs to, and its name there.

        :param path: absolute.
        """
        folder = self.site_folder(path)
        tree = next((entry for tree, entry in self._trees if path.startswith(tree)), None)
        # An environment may lie in the tree of a project that is installed editable in it.
        is_installed = folder is not None and tree is not None and _is_below(folder, tree.tree)
        if tree is not None and tree.tree is not None and not is_installed:
            return tree, f"~/{os.path.relpath(path, tree.tree)}"
        if folder is None:
            return None
        inside = path[len(folder) + 1 :]
        names = self._by_place.get((folder, inside.partition("/")[0]), ())
        entries = [self.all[name] for name in names]
        if len(entries) > 1:  # a namespace that several share
            entries = [entry for entry in entries if inside in entry.record] or entries
        return (entries[0], inside) if entries else None

    def site_folder(self, path: str) -> str | None:
        """The folder of installed distributions that a path lies in."""
        return next((folder for folder in self._sites if path.startswith(f"{folder}/")), None)

    def label(self, file: str) -> str | None:
        """By what a file of code counts if not by content.

        :param file: as in ``co_filename``: ``<frozen os>`` is one of the standard library.
        """
        if file not in self._labels:
            self._labels[file] = self._label(file)
        return self._labels[file]

    def _label(self, file: str) -> str | None:
        if file.startswith("<"):
            return "Python" if file.startswith(("<frozen", "<built in>")) else None
        if file.startswith(_OURS):  # this extension, also where it lies in the repository
            return "sphinx-docent"
        owned = self.owner(file)
        if owned is not None:
            entry = owned[0]
            return None if entry.by_content else f"{entry.name} {entry.version}"
        return "Python" if is_of_python(file) and self.site_folder(file) is None else None

    @property
    def site_folders(self) -> tuple[str, ...]:
        """The folders of installed distributions."""
        return tuple(self._sites)

    def watched(self, root: Path) -> tuple[str, ...]:
        """Folders and files outside of the repository whose content may count, for a tutorial's
        process to look out for; of the repository, only what is installed in it.

        :param root: the repository's root.
        """
        own = f"{root}/"
        places = [
            tree
            for tree, entry in self._trees
            if entry.name != OWN_NAME and not tree.startswith(own) and not own.startswith(tree)
        ]
        for (folder, top), names in self._by_place.items():
            if any(self.all[name].by_content for name in names):
                places.append(os.path.join(folder, top))
        return tuple(sorted(places))

    @cached_property
    def _sites(self) -> list[str]:
        """The longest first: one may lie in another."""
        sites = {entry.folder for entry in self.all.values() if entry.tree is None}
        sites |= {folder for folder in self._folders if _SITE.search(folder)}
        return sorted(sites, key=len, reverse=True)

    @cached_property
    def _trees(self) -> list[tuple[str, Distribution]]:
        found = [(f"{entry.tree}/", entry) for entry in self.all.values() if entry.tree]
        return sorted(found, key=lambda pair: len(pair[0]), reverse=True)

    @cached_property
    def _by_module(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for entry in self.all.values():
            for module in entry.modules:
                found.setdefault(module, []).append(entry.name)
        return found

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], list[str]]:
        """The distributions by folder and by what of theirs lies in it."""
        found: dict[tuple[str, str], list[str]] = {}
        for entry in self.all.values():
            for top in entry.tops if os.path.realpath(entry.folder) != entry.tree else ():
                found.setdefault((entry.folder, top), []).append(entry.name)
        return found


def _is_below(folder: str, tree: str | None) -> bool:
    return tree is not None and folder.startswith(f"{tree}/")


def is_of_python(path: str) -> bool:
    """Whether a file lies with the standard library; distributions may lie below it."""
    return path.startswith(f"{_STDLIB}/")


def documented_name(root: Path) -> str | None:
    """The name of the project that a repository holds, as ``pyproject.toml`` or ``setup.cfg``
    says; ``None`` if neither does."""
    for file in ("pyproject.toml", "setup.cfg"):
        for name in _names(root / file):
            return name
    return None


def _names(file: Path) -> Iterator[str]:
    import configparser
    import tomllib

    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".toml":
            yield str(tomllib.loads(text)["project"]["name"])
        else:
            parser = configparser.ConfigParser(interpolation=None)
            parser.read_string(text)
            yield parser["metadata"]["name"]
    except (OSError, ValueError, KeyError, TypeError, configparser.Error):
        return
