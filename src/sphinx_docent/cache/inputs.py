"""What a result depends on, and whether the world still is as it was then."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from ..machine.requirements import has_package


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a tutorial was seen to use.

    :param files: SHA-256 by path from the repository root; ``None`` for one that was looked
        for and absent.
    :param folders: digest of the names in each folder that was listed.
    :param distributions: version by name; ``None`` by the name of a module that was missing.
    """

    files: Mapping[str, str | None]
    folders: Mapping[str, str | None]
    distributions: Mapping[str, str | None]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Inputs:
        """Read what :func:`dataclasses.asdict` wrote.

        :raises ValueError: it is something else.
        """
        tables = [data[name] for name in ("files", "folders", "distributions")]
        for table in tables:
            if not all(
                isinstance(name, str) and (value is None or isinstance(value, str))
                for name, value in table.items()
            ):
                raise ValueError("not a table of digests")
        if not all(_is_inside(name) for table in tables[:2] for name in table):
            raise ValueError("not a file of the project")
        return cls(*tables)


NO_INPUTS = Inputs({}, {}, {})


class ProjectState:
    """The project and the environment as they are now; looked at once for each question.

    :param root: the repository's root.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._versions: dict[str, str | None] = {}

    def file(self, name: str) -> str | None:
        """SHA-256 of a file, ``None`` if there is none."""
        if name not in self._files:
            try:
                path = self.root / name
                data = path.read_bytes() if path.is_file() else None
                self._files[name] = None if data is None else hashlib.sha256(data).hexdigest()
            except (OSError, ValueError):
                self._files[name] = None
        return self._files[name]

    def folder(self, name: str) -> str | None:
        """Digest of the names in a folder, ``None`` if there is none."""
        if name not in self._folders:
            try:
                names = sorted(
                    path.name for path in (self.root / name).iterdir() if path.name != "__pycache__"
                )
                self._folders[name] = hashlib.sha256("\0".join(names).encode()).hexdigest()
            except (OSError, ValueError):
                self._folders[name] = None
        return self._folders[name]

    def version(self, distribution: str) -> str | None:
        """Version of a distribution, ``None`` if it is not installed.

        A module that no distribution has can be asked for as well.
        """
        if distribution not in self._versions:
            try:
                self._versions[distribution] = metadata.version(distribution)
            except (metadata.PackageNotFoundError, ValueError):
                owners = self._by_module.get(distribution) if has_package(distribution) else None
                self._versions[distribution] = self.version(owners[0]) if owners else None
        return self._versions[distribution]

    def distributions(self, modules: Iterable[str]) -> set[str]:
        """The distributions that modules come from; a missing module stands for itself."""
        return {
            name
            for module in modules
            for name in self._by_module.get(module, () if has_package(module) else (module,))
        }

    @cached_property
    def _by_module(self) -> Mapping[str, list[str]]:
        return metadata.packages_distributions()


def collect_inputs(
    files: Iterable[str], folders: Iterable[str], modules: Iterable[str], world: ProjectState
) -> Inputs:
    """The inputs as they are now.

    :param files: absolute paths in the project.
    :param folders: likewise.
    :param modules: top-level names.
    """
    return Inputs(
        files={name: world.file(name) for name in _relative(files, world.root)},
        folders={name: world.folder(name) for name in _relative(folders, world.root)},
        distributions={name: world.version(name) for name in sorted(world.distributions(modules))},
    )


def changes(inputs: Inputs, world: ProjectState) -> Iterator[str]:
    """What is no longer as it was, in words."""
    for name, digest in inputs.files.items():
        now = world.file(name)
        if now != digest:
            verb = "is gone" if now is None else "is new" if digest is None else "changed"
            yield f"`{name}` {verb}"
    for name, digest in inputs.folders.items():
        if world.folder(name) != digest:
            yield f"the files in `{name}` changed"
    for name, version in inputs.distributions.items():
        now = world.version(name)
        if now != version:
            yield f"`{name}` is {now or 'gone'}, was {version}"


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/")


def _relative(paths: Iterable[str], root: Path) -> list[str]:
    return sorted({Path(path).relative_to(root).as_posix() for path in paths})
