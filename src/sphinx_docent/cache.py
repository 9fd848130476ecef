"""Where produced pages are kept, by a digest of what they were made from.

An entry is a folder: ``manifest.json``, and one file for each file of the page, named by its
number. It is written beside its place and moved there whole. Reading trusts nothing: an entry
that is damaged, incomplete, or that names a file outside its page is no entry.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .files import write_whole
from .model import Message, Result, Status

_FORMAT = 1
_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What reading an entry raises that is not as it was written."""
_NAME = re.compile(r"(images/(thumb/)?)?[^/\\\0]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A verified entry: the result, and the bytes of the page's files by relative name."""

    result: Result
    files: Mapping[str, bytes]


class Cache:
    """A folder of entries.

    :param folder: is made when the first entry is stored.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, key: str, stem: str) -> Entry | None:
        """The entry of a key, or ``None`` where there is no valid one.

        :param stem: of the tutorial's file name; files that are not its own make the entry
            invalid.
        """
        place = self._place(key)
        try:
            manifest = json.loads((place / "manifest.json").read_bytes())
            if manifest["format"] != _FORMAT or manifest["key"] != key:
                return None
            files = {
                _own_name(record["name"], stem): _verified(place / str(index), record["sha256"])
                for index, record in enumerate(manifest["files"])
            }
            if not {f"{stem}.py", f"{stem}.rst"} <= files.keys():
                return None
            return Entry(_result(manifest["result"]), files)
        except _DAMAGE:
            return None

    def store(self, key: str, result: Result, base: Path, files: Sequence[Path]) -> None:
        """Keep a page.

        :param base: the folder that the files' names are relative to.
        :raises OSError: the entry could not be written; nothing is left of it.
        """
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
        try:
            records = []
            for index, path in enumerate(files):
                data = path.read_bytes()
                (draft / str(index)).write_bytes(data)
                name = path.relative_to(base).as_posix()
                records.append({"name": name, "sha256": hashlib.sha256(data).hexdigest()})
            manifest = {
                "format": _FORMAT,
                "key": key,
                "result": {
                    "status": result.status,
                    "seconds": result.seconds,
                    "peak_memory": result.peak_memory,
                    "messages": [asdict(message) for message in result.messages],
                },
                "files": records,
            }
            (draft / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            shutil.rmtree(place, ignore_errors=True)
            # Another build that stored the same entry meanwhile stored the same content.
            with contextlib.suppress(FileExistsError):
                draft.replace(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def put(entry: Entry, base: Path) -> None:
    """Write a page's files, each whole or not at all; what is there already stays untouched.

    :param base: the folder that the files' names are relative to.
    """
    for name, data in entry.files.items():
        path = base / name
        with contextlib.suppress(OSError):
            if path.read_bytes() == data:
                continue
        write_whole(path, data)


def digest(parts: Mapping[str, Any]) -> str:
    """A key: the SHA-256 of what a page is made from.

    :param parts: anything that JSON can hold.
    """
    text = json.dumps({"format": _FORMAT, **parts}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


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
    if status is Status.FAILED:
        raise ValueError("failures are not kept")
    return Result(
        status=status,
        seconds=float(record["seconds"]),
        peak_memory=int(record["peak_memory"]),
        messages=tuple(Message(**message) for message in record["messages"]),
    )
