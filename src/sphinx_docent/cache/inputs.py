"""What a result depends on, beside what its key says; and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .project_state import ProjectState


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


def collect_inputs(
    files: Iterable[str], folders: Iterable[str], modules: Iterable[str], project: ProjectState
) -> Inputs:
    """The inputs as they are now.

    :param files: absolute paths in the project.
    :param folders: likewise.
    :param modules: top-level names.
    """
    return Inputs(
        files={name: project.file(name) for name in _relative(files, project.root)},
        folders={name: project.folder(name) for name in _relative(folders, project.root)},
        distributions={
            name: project.version(name) for name in sorted(project.distributions(modules))
        },
    )


def changes(inputs: Inputs, project: ProjectState) -> Iterator[str]:
    """What is no longer as it was, in words."""
    for name, digest in inputs.files.items():
        now = project.file(name)
        if now != digest:
            verb = "is gone" if now is None else "is new" if digest is None else "changed"
            yield f"`{name}` {verb}"
    for name, digest in inputs.folders.items():
        if project.folder(name) != digest:
            yield f"the files in `{name}` changed"
    for name, version in inputs.distributions.items():
        now = project.version(name)
        if now != version:
            yield f"`{name}` is {now or 'gone'}, was {version}"


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/")


def _relative(paths: Iterable[str], root: Path) -> list[str]:
    return sorted({Path(path).relative_to(root).as_posix() for path in paths})
