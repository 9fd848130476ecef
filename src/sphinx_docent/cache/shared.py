"""A cache that others share, with a folder of this machine in front of it.

What a remote holds: ``keys/KK/<key>``, the first lines of a key's latest entries, which is all
that planning asks for; ``entries/KK/<key>-<digest of inputs>``, each entry whole; and a few notes.
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
from .remote import Remote
from .store import Cache, Entry, entry_name

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
                head = read_header(line, key, stem)
                if head is not None:
                    place = self.folder / key[:2] / entry_name(key, head.inputs)
                    self._offered.setdefault(key, []).append(Entry(place, head, stem))

    def records(self, key: str, stem: str) -> Iterator[Entry]:
        """The entries of a key: first those that are here."""
        here = set()
        for record in super().records(key, stem):
            here.add(record.place)
            yield record
        yield from (offer for offer in self._offered.get(key, ()) if offer.place not in here)

    def fetch(self, records: Collection[Entry]) -> dict[Path, Entry]:
        """Bring the entries that are not here; those that have come and are whole."""
        wanted = {_entry(record.place): record for record in records if not record.place.exists()}
        come: dict[Path, Entry] = {}
        if not wanted:
            return come
        drafts = {name: _draft(record.place) for name, record in wanted.items()}
        try:
            for name in self.remote.fetch(drafts):
                record = self._take(drafts[name], wanted[name])
                if record is not None:
                    come[record.place] = record
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        self.fetched += len(come)
        return come

    def share(self, key: str, place: Path) -> None:
        """Send an entry, some time before :meth:`finish` returns."""
        if self._sends:
            with place.open("rb") as file:
                line = file.readline().rstrip(b"\n")
            self.remote.share(_entry(place), place, _listing(key), line, _FEW)

    def notes(self, name: str) -> list[bytes]:
        """What is kept under a name: here, and elsewhere."""
        return [*super().notes(name), *self.remote.get([name]).values()]

    def write_note(self, name: str, data: bytes) -> None:
        """Keep something under a name, here and elsewhere."""
        super().write_note(name, data)
        if self._sends:
            self.remote.put(name, data)

    def settle(self) -> None:
        """Wait until everything is sent."""
        self.remote.finish()

    def close(self) -> None:
        """Give up what is not sent yet."""
        self.remote.close()

    def _take(self, draft: Path, offer: Entry) -> Entry | None:
        """Move an entry that has come into the folder, if it is what it should be."""
        try:
            data = draft.read_bytes()
            key = offer.place.name.partition("-")[0]
            head = read_header(data[: data.find(b"\n") + 1], key, offer.stem)
            if head is None or entry_name(key, head.inputs) != offer.place.name:
                return None
            if unpack(head, data) is None:
                return None
            draft.replace(offer.place)
        except OSError:
            return None
        return Entry(offer.place, head, offer.stem)


def _listing(key: str) -> str:
    return f"keys/{key[:2]}/{key}"


def _draft(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place.with_name(f"{DRAFT}{uuid.uuid4().hex}")


def _entry(place: Path) -> str:
    return f"entries/{place.parent.name}/{place.name}"
