"""What of a project travels to another machine: its files, by their digests, and where each goes.

A manifest is data from elsewhere to whoever unpacks it: nothing in it can lead outside.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..git.source import project_files

_NOT_OURS = {".git", "__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A project's files.

    :param manifest: of each file by its POSIX path from the root: SHA-256 and mode; of a
        link: where it leads, from its own folder, and ``-1``.
    :param sources: a file of ours that holds what a digest stands for.
    """

    manifest: Mapping[str, tuple[str, int]]
    sources: Mapping[str, Path]

    @property
    def digests(self) -> set[str]:
        """The digests of all files."""
        return set(self.sources)


def pack_project(root: Path, made: Iterable[Path], declared: Iterable[str]) -> Bundle:
    """Take stock of a project's files: those that git knows or would add; without git, all.

    :param made: folders that builds make; they stay.
    :param declared: files that tutorials declare to use, whatever git thinks of them.
    """
    outside = tuple(f"{folder}{os.sep}" for folder in made)
    manifest: dict[str, tuple[str, int]] = {}
    sources: dict[str, Path] = {}
    for path in sorted({*_files(root), *map(Path, declared)}):
        if str(path).startswith(outside) or not path.is_relative_to(root):
            continue
        name = path.relative_to(root).as_posix()
        link = _inner_link(path, root)
        if link is not None:
            manifest[name] = (link, -1)
        elif path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            manifest[name] = (digest, path.stat().st_mode & 0o777)
            sources[digest] = path
    return Bundle(manifest, sources)


def unpack_project(
    manifest: Mapping[str, tuple[str, int]], blob: Callable[[str], bytes], tree: Path
) -> None:
    """Make a project's files anew.

    :param blob: what a digest stands for.
    :param tree: a new folder.
    :raises ValueError: the manifest leads outside of the folder, or a file is damaged.
    """
    tree.mkdir(parents=True)
    links = {name: target for name, (target, mode) in manifest.items() if mode == -1}
    for name, (digest, mode) in manifest.items():
        _check(name)
        if name not in links:
            data = blob(digest)
            if hashlib.sha256(data).hexdigest() != digest:
                raise ValueError(f"{name} is damaged")
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes(data)
            (tree / name).chmod(mode & 0o777)
    # The last, so that nothing is written through them.
    for name, target in links.items():
        _check(os.path.normpath(PurePosixPath(name).parent / target))
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).symlink_to(target)


def inside(folder: Path, name: str) -> Path:
    """A path in a folder.

    :param name: POSIX path, relative.
    :raises ValueError: it leads outside.
    """
    _check(name)
    return folder / name


def _check(name: str) -> None:
    if name.startswith("/") or "\0" in name or ".." in name.split("/"):
        raise ValueError(f"not inside of the project: {name!r}")


def _inner_link(path: Path, root: Path) -> str | None:
    """Where a link leads within the project, from its own folder."""
    if not path.is_symlink():
        return None
    target = os.path.normpath(path.parent / os.readlink(path))
    if not Path(target).is_relative_to(root):
        return None
    return Path(os.path.relpath(target, path.parent)).as_posix()


def _files(root: Path) -> Iterator[Path]:
    known = project_files(root)
    return _walk(root) if known is None else iter(known)


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        for name in [name for name in folders if Path(folder, name).is_symlink()]:
            yield Path(folder, name)
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        yield from (Path(folder, name) for name in names)
