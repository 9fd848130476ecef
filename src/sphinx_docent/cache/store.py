"""Where produced pages are kept, with what they depend on.

A folder of entries: each is one file, whose name is the key of what it was made from and the
digest of the inputs that its tutorial was seen to use. An entry is written beside its place and
moved there whole. What an entry holds: :mod:`sphinx_docent.cache.entry`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..files import write_whole
from ..model import Result
from .entry import Header, pack, read_header, unpack
from .entry_files import entry_path, files_in
from .inputs import NO_INPUTS, Inputs
from .pruning import prune

_LONGEST = 16 * 2**20  # bytes that a first line may have


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whose first line was read and checked; its files are not read yet.

    :param stem: of the tutorial's file name.
    """

    path: Path
    header: Header
    stem: str


class Cache:
    """A folder of entries.

    It is all that there is here; :class:`sphinx_docent.cache.shared.SharedCache` asks others, too.

    :param folder: is made when the first entry is stored.
    :param writes: whether anything is stored or removed.
    """

    asks_others = False

    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self.folder = folder
        self._writes = writes
        self._listed: dict[str, list[str]] = {}

    def entries(self, key: str, stem: str) -> Iterator[Entry]:
        """The entries of a key, the last used first.

        :param stem: of the tutorial's file name; an entry with files of others is passed over.
        """
        part = self.folder / key[:2]
        if key[:2] not in self._listed:
            self._listed[key[:2]] = [entry.name for entry in files_in(part)]
        paths = [part / name for name in self._listed[key[:2]] if name.startswith(f"{key}-")]
        if len(paths) > 1:
            paths.sort(key=_last_used, reverse=True)
        for path in paths:
            entry = _entry(path, key, stem)
            if entry is not None:
                yield entry

    def read(self, entry: Entry) -> dict[str, bytes] | None:
        """The verified files of an entry by relative name; ``None`` if one is damaged."""
        try:
            data = None if entry.path.is_symlink() else entry.path.read_bytes()
        except OSError:
            return None
        if data is None:
            return None
        with contextlib.suppress(OSError):
            os.utime(entry.path)
        return unpack(entry.header, data)

    def store(
        self,
        key: str,
        result: Result,
        base: Path,
        files: Sequence[Path],
        inputs: Inputs = NO_INPUTS,
    ) -> Path | None:
        """Keep a page.

        :param base: the folder that the files' names are relative to.
        :returns: the entry, ``None`` where nothing is stored.
        :raises OSError: the entry could not be written; nothing is left of it.
        """
        if not self._writes:
            return None
        contents = {path.relative_to(base).as_posix(): path.read_bytes() for path in files}
        path = entry_path(self.folder, key, inputs)
        if path.parent.is_symlink():
            path.parent.unlink()
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        write_whole(path, pack(key, result, inputs, contents))
        if path.name not in self._listed.get(key[:2], [path.name]):
            self._listed[key[:2]].append(path.name)
        return path

    def look_up(self, wanted: Mapping[str, str]) -> None:
        """Ask others which entries they have."""

    def fetch(self, entries: Collection[Entry]) -> dict[Path, Entry]:
        """Bring entries that others have."""
        return {}

    def share(self, key: str, path: Path) -> None:
        """Send an entry to others."""

    def metadata(self, name: str) -> list[bytes]:
        """What is kept under a name beside the entries."""
        try:
            return [(self.folder / name).read_bytes()]
        except OSError:
            return []

    def write_metadata(self, name: str, data: bytes) -> None:
        """Keep something under a name.

        :param name: of a file, or of one in a folder.
        """
        with contextlib.suppress(OSError):
            if self._writes:
                write_whole(self.folder / name, data)

    def flush(self) -> None:
        """Wait until everything is sent."""

    def close(self) -> None:
        """Give up what is not sent yet."""

    def prune(self, limit: int) -> None:
        """Remove the entries that were not used for longest, until the rest fits.

        :param limit: bytes.
        """
        if self._writes:
            prune(self.folder, limit)


def _entry(path: Path, key: str, stem: str) -> Entry | None:
    try:
        if path.is_symlink():
            return None
        with path.open("rb") as file:
            header = read_header(file.readline(_LONGEST), key, stem)
    except OSError:
        return None
    return Entry(path, header, stem) if header is not None else None


def _last_used(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
