"""The project and the environment as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path

from ..machine.requirements import has_package


class ProjectState:
    """Looks at the disk, once for each question.

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
