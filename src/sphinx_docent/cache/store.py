"""Where produced pages are kept, with what they depend on.

A folder of entries: each is one file, whose name is the key of what it was made from and the
digest of the inputs that its tutorial was seen to use. An entry is written beside its place and
moved there whole. What an entry holds: :mod:`sphinx_docent.cache.entry`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..files import DRAFT, write_whole
from ..model import Result
from .entry import Header, digest, pack, read_header, unpack
from .inputs import NO_INPUTS, Inputs

_LONGEST = 16 * 2**20  # bytes that a first line may have
_PART = re.compile("[0-9a-f]{2}")
_ABANDONED = 3600  # seconds after which nobody goes on with a draft


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whose first line was read and checked; its files are not read yet.

    :param stem: of the tutorial's file name.
    """

    place: Path
    head: Header
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

    def records(self, key: str, stem: str) -> Iterator[Entry]:
        """The entries of a key, the last used first.

        :param stem: of the tutorial's file name; an entry with files of others is passed over.
        """
        part = self.folder / key[:2]
        if key[:2] not in self._listed:
            self._listed[key[:2]] = [entry.name for entry in _entries(part)]
        places = [part / name for name in self._listed[key[:2]] if name.startswith(f"{key}-")]
        if len(places) > 1:
            places.sort(key=_last_used, reverse=True)
        for place in places:
            record = _record(place, key, stem)
            if record is not None:
                yield record

    def read(self, record: Entry) -> dict[str, bytes] | None:
        """The verified files of an entry by relative name; ``None`` if one is damaged."""
        try:
            files = None if record.place.is_symlink() else record.place.read_bytes()
        except OSError:
            return None
        if files is None:
            return None
        with contextlib.suppress(OSError):
            os.utime(record.place)
        return unpack(record.head, files)

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
        part = self.folder / key[:2]
        if part.is_symlink():
            part.unlink()
        name = entry_name(key, inputs)
        if (part / name).is_dir():
            shutil.rmtree(part / name, ignore_errors=True)
        write_whole(part / name, pack(key, result, inputs, contents))
        if name not in self._listed.get(key[:2], [name]):
            self._listed[key[:2]].append(name)
        return part / name

    def look_up(self, wanted: Mapping[str, str]) -> None:
        """Ask others which entries they have."""

    def fetch(self, records: Collection[Entry]) -> dict[Path, Entry]:
        """Bring entries that others have."""
        return {}

    def share(self, key: str, place: Path) -> None:
        """Send an entry to others."""

    def notes(self, name: str) -> list[bytes]:
        """What is kept under a name beside the entries."""
        try:
            return [(self.folder / name).read_bytes()]
        except OSError:
            return []

    def write_note(self, name: str, data: bytes) -> None:
        """Keep something under a name.

        :param name: of a file, or of one in a folder.
        """
        with contextlib.suppress(OSError):
            if self._writes:
                write_whole(self.folder / name, data)

    def settle(self) -> None:
        """Wait until everything is sent."""

    def close(self) -> None:
        """Give up what is not sent yet."""

    def prune(self, limit: int) -> None:
        """Remove the entries that were not used for longest, until the rest fits.

        :param limit: bytes.
        """
        if not self._writes:
            return
        found = []
        for part in _folders(self.folder):
            _remove_abandoned(part)
            found += [(entry.stat().st_mtime_ns, entry.path) for entry in _entries(part)]
        sizes = {path: os.path.getsize(path) for _, path in found}
        total = sum(sizes.values())
        for _, path in sorted(found):
            if total <= limit:
                return
            Path(path).unlink(missing_ok=True)
            total -= sizes[path]


def entry_name(key: str, inputs: Inputs) -> str:
    """The name of an entry's file."""
    return f"{key}-{digest(asdict(inputs))[:32]}"


def places(folder: Path) -> list[Path]:
    """All entries of a cache, sorted."""
    return sorted(
        Path(entry.path)
        for part in _folders(folder)
        if _PART.fullmatch(part.name)
        for entry in _entries(part)
    )


def write_files(files: Mapping[str, bytes], base: Path) -> None:
    """Write a page's files; what is there already stays untouched.

    A page that is cut off here is not marked as up to date, and is put again.

    :param base: the folder that the files' names are relative to.
    """
    for folder in {os.path.dirname(name) for name in files}:
        os.makedirs(base / folder, exist_ok=True)
    for name, data in files.items():
        path = os.path.join(base, name)
        try:
            _create(path, data)
        except FileExistsError:
            with contextlib.suppress(OSError):
                if not os.path.islink(path) and Path(path).read_bytes() == data:
                    continue
            os.unlink(path)
            _create(path, data)


def _create(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)


def _record(place: Path, key: str, stem: str) -> Entry | None:
    try:
        if place.is_symlink():
            return None
        with place.open("rb") as file:
            head = read_header(file.readline(_LONGEST), key, stem)
    except OSError:
        return None
    return Entry(place, head, stem) if head is not None else None


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder; links lead elsewhere and are passed over."""
    try:
        with os.scandir(folder) as found:
            return [Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _entries(part: Path) -> list[os.DirEntry[str]]:
    try:
        if part.is_symlink():
            return []
        with os.scandir(part) as found:
            return [
                entry
                for entry in found
                if entry.name[0] != "." and entry.is_file(follow_symlinks=False)
            ]
    except OSError:
        return []


def _remove_abandoned(part: Path) -> None:
    """Remove what builds that were killed have left."""
    for draft in part.glob(f"{DRAFT}*"):
        with contextlib.suppress(OSError):
            if draft.stat().st_mtime < time.time() - _ABANDONED:
                draft.unlink()


def _last_used(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0
