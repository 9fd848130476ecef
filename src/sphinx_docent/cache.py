"""Where produced pages are kept, with what they depend on.

A key names a folder of entries; each entry is a folder: ``manifest.json``, and one file for
each file of the page, named by its number. An entry is written beside its place and moved there
whole. Reading trusts nothing: an entry that is damaged, incomplete, or that names a file outside
its page is no entry.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .files import write_whole
from .inputs import NO_INPUTS, Inputs
from .model import Message, Result, Status

_FORMAT = 2
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_NAME = re.compile(r"(images/(thumb/)?)?[^/\\\0]+")


@dataclass(frozen=True, slots=True)
class Record:
    """An entry's manifest, read and checked; its files are not read yet."""

    place: Path
    result: Result
    inputs: Inputs
    files: Mapping[str, str]


class Cache:
    """A folder of entries.

    :param folder: is made when the first entry is stored.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def records(self, key: str, stem: str) -> Iterator[Record]:
        """The entries of a key, the last used first.

        :param stem: of the tutorial's file name; an entry with files of others is passed over.
        """
        with contextlib.suppress(OSError):
            folder = self._place(key)
            if folder.is_symlink() or folder.parent.is_symlink():
                return
            places = [path for path in _inside(folder) if path.name[0] != "."]
            for place in sorted(places, key=_last_used, reverse=True):
                record = _read(place, key, stem)
                if record is not None:
                    yield record

    def read(self, record: Record) -> dict[str, bytes] | None:
        """The verified files of an entry by relative name; ``None`` if one is damaged."""
        try:
            files = {
                name: _verified(record.place / str(index), sha256)
                for index, (name, sha256) in enumerate(record.files.items())
            }
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(record.place / "manifest.json")
        return files

    def store(
        self,
        key: str,
        result: Result,
        base: Path,
        files: Sequence[Path],
        inputs: Inputs = NO_INPUTS,
    ) -> None:
        """Keep a page.

        :param base: the folder that the files' names are relative to.
        :raises OSError: the entry could not be written; nothing is left of it.
        """
        folder = self._place(key)
        for path in (folder.parent, folder):
            if path.is_symlink():
                path.unlink()
            path.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            names: dict[str, str] = {}
            for index, path in enumerate(files):
                data = path.read_bytes()
                (draft / str(index)).write_bytes(data)
                names[path.relative_to(base).as_posix()] = hashlib.sha256(data).hexdigest()
            body = {
                "format": _FORMAT,
                "key": key,
                "result": {
                    "status": result.status,
                    "seconds": result.seconds,
                    "peak_memory": result.peak_memory,
                    "network": result.network,
                    "messages": [asdict(message) for message in result.messages],
                },
                "inputs": asdict(inputs),
                "files": names,
            }
            manifest = {**body, "sha256": digest(body)}
            (draft / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            place = folder / digest({"inputs": asdict(inputs)})[:32]
            if place.is_symlink():
                place.unlink()
            shutil.rmtree(place, ignore_errors=True)
            # Another build that stored the same entry meanwhile stored the same content.
            with contextlib.suppress(OSError):
                draft.replace(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def prune(self, limit: int) -> None:
        """Remove the entries that were not used for longest, until the rest fits.

        :param limit: bytes.
        """
        parts = [key for part in _inside(self.folder) for key in _inside(part)]
        entries = sorted((entry for key in parts for entry in _inside(key)), key=_last_used)
        sizes = {place: sum(file.stat().st_size for file in place.iterdir()) for place in entries}
        total = sum(sizes.values())
        for place in entries:
            if total <= limit:
                return
            shutil.rmtree(place, ignore_errors=True)
            total -= sizes[place]

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def put(files: Mapping[str, bytes], base: Path) -> None:
    """Write a page's files, each whole or not at all; what is there already stays untouched.

    :param base: the folder that the files' names are relative to.
    """
    for name, data in files.items():
        path = base / name
        with contextlib.suppress(OSError):
            if not path.is_symlink() and path.read_bytes() == data:
                continue
        write_whole(path, data)


def digest(parts: Mapping[str, Any]) -> str:
    """SHA-256 of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _read(place: Path, key: str, stem: str) -> Record | None:
    try:
        if place.is_symlink() or (place / "manifest.json").is_symlink():
            return None
        data = (place / "manifest.json").read_bytes()
        body = json.loads(data)
        if json.dumps(body).encode() != data:
            return None
        if digest({name: body[name] for name in body if name != "sha256"}) != body["sha256"]:
            return None
        if body["format"] != _FORMAT or body["key"] != key:
            return None
        files = {_own_name(name, stem): str(sha256) for name, sha256 in body["files"].items()}
        if not {f"{stem}.py", f"{stem}.rst"} <= files.keys():
            return None
        return Record(place, _result(body["result"]), Inputs.from_json(body["inputs"]), files)
    except _UNREADABLE:
        return None


def _inside(folder: Path) -> list[Path]:
    """The folders in a folder; links lead elsewhere and are passed over."""
    try:
        with os.scandir(folder) as found:
            return [Path(e.path) for e in found if e.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _last_used(place: Path) -> int:
    try:
        return (place / "manifest.json").stat().st_mtime_ns
    except OSError:
        return 0


def _own_name(name: str, stem: str) -> str:
    own = _NAME.fullmatch(name) and name.rsplit("/", 1)[-1].startswith(
        (f"{stem}.", f"sphx_glr_{stem}_")
    )
    if not own:
        raise ValueError(f"not a file of {stem}: {name!r}")
    return name


def _verified(path: Path, sha256: str) -> bytes:
    if path.is_symlink():
        raise ValueError(f"a link in the cache: {path.name}")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"damaged: {path.name}")
    return data


def _result(record: Mapping[str, Any]) -> Result:
    status = Status(record["status"])
    if status not in (Status.PASSED, Status.NOT_RUN):
        raise ValueError(f"not a result to keep: {status}")
    return Result(
        status=status,
        seconds=float(record["seconds"]),
        peak_memory=int(record["peak_memory"]),
        messages=tuple(Message(**message) for message in record["messages"]),
        network=bool(record["network"]),
    )
