"""A cache that others share, with a folder of this machine in front of it.

What a remote holds: ``keys/KK/<key>``, the first lines of a key's latest entries, which is all
that planning asks for; ``entries/KK/<key>-<digest of inputs>``, each entry whole; and some
metadata.
Nothing needs a listing, so that a plain web server will do.

What comes is checked before it is used: a line like each first line of an entry, an entry by all
its digests before it enters the folder, under a name that is made here.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ..files import DRAFT
from .entry import read_header, unpack
from .entry_files import entry_path, key_of
from .remote import Remote
from .store import Cache, Entry

_FEW = 5  # entries of one key that planning gets to see


class SharedCache(Cache):
    """A folder of entries in front of a remote.

    :param sends: whether results are sent to the remote.
    """

    asks_others = True

    def __init__(self, folder: Path, remote: Remote, *, sends: bool) -> None:
        super().__init__(folder)
        self.remote = remote
        self.fetched = 0
        self._sends = sends
        self._offered: dict[str, list[Entry]] = {}

    def look_up(self, wanted: Mapping[str, str]) -> None:
        """Ask which entries others have.

        :param wanted: the stem of the tutorial's file name by key.
        """
        answers = self.remote.get([_listing(key) for key in wanted]) if wanted else {}
        for key, stem in wanted.items():
            for line in answers.get(_listing(key), b"").splitlines(keepends=True)[:_FEW]:
                header = read_header(line, key, stem)
                if header is not None:
                    path = entry_path(self.folder, key, header.inputs)
                    self._offered.setdefault(key, []).append(Entry(path, header, stem))

    def entries(self, key: str, stem: str) -> Iterator[Entry]:
        """The entries of a key: first those that are here."""
        here = set()
        for entry in super().entries(key, stem):
            here.add(entry.path)
            yield entry
        yield from (offer for offer in self._offered.get(key, ()) if offer.path not in here)

    def fetch(self, entries: Collection[Entry]) -> dict[Path, Entry]:
        """Bring the entries that are not here; those that have come and are whole."""
        wanted = {_object(entry.path): entry for entry in entries if not entry.path.exists()}
        come: dict[Path, Entry] = {}
        if not wanted:
            return come
        drafts = {name: _draft(entry.path) for name, entry in wanted.items()}
        try:
            for name in self.remote.fetch(drafts):
                entry = _take(drafts[name], wanted[name])
                if entry is not None:
                    come[entry.path] = entry
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        self.fetched += len(come)
        return come

    def share(self, key: str, path: Path) -> None:
        """Send an entry, some time before :meth:`flush` returns."""
        if self._sends:
            with path.open("rb") as file:
                line = file.readline().rstrip(b"\n")
            self.remote.share(_object(path), path, _listing(key), line, _FEW)

    def metadata(self, name: str) -> list[bytes]:
        """What is kept under a name: here, and elsewhere."""
        return [*super().metadata(name), *self.remote.get([name]).values()]

    def write_metadata(self, name: str, data: bytes) -> None:
        """Keep something under a name, here and elsewhere."""
        super().write_metadata(name, data)
        if self._sends:
            self.remote.put(name, data)

    def flush(self) -> None:
        """Wait until everything is sent."""
        self.remote.flush()

    def close(self) -> None:
        """Give up what is not sent yet."""
        self.remote.close()


def _take(draft: Path, offer: Entry) -> Entry | None:
    """Move an entry that has come to its place, if it is what it should be."""
    try:
        data = draft.read_bytes()
        key = key_of(offer.path)
        header = read_header(data[: data.find(b"\n") + 1], key, offer.stem)
        if header is None or entry_path(offer.path.parents[1], key, header.inputs) != offer.path:
            return None
        if unpack(header, data) is None:
            return None
        draft.replace(offer.path)
    except OSError:
        return None
    return Entry(offer.path, header, offer.stem)


def _listing(key: str) -> str:
    return f"keys/{key[:2]}/{key}"


def _draft(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f"{DRAFT}{uuid.uuid4().hex}")


def _object(path: Path) -> str:
    """The name of an entry in the remote."""
    return f"entries/{path.parent.name}/{path.name}"
