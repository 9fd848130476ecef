"""What a kept page is in bytes: a line that says what it holds, then its files, end to end.

Pure. Reading trusts nothing: an entry that is damaged, incomplete, or that names a file outside
its page is no entry.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from ..model import Message, Result, Status
from .inputs import Inputs

_T = TypeVar("_T")
_FORMAT = 5
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_FOLDER = re.compile(r"images/(thumb/)?")
_REST = re.compile(r"[^/\\\0]*")  # no separator of any system, whatever the stem holds


@dataclass(frozen=True, slots=True)
class Header:
    """An entry's first line, read and checked.

    :param files: size in bytes and SHA-256 of each file by its name, in order.
    :param size: bytes of the line itself.
    """

    result: Result
    inputs: Inputs
    files: Mapping[str, tuple[int, str]]
    size: int


def pack(key: str, result: Result, inputs: Inputs, files: Mapping[str, bytes]) -> bytes:
    """An entry.

    :param files: content by name, relative to the page's folder.
    """
    body = {
        "format": _FORMAT,
        "key": key,
        "result": {
            "status": result.status,
            "seconds": result.seconds,
            "peak_memory": result.peak_memory,
            "network": result.network,
            "isolation": result.isolation,
            "observation": result.observation,
            "processes": result.processes,
            "layout": result.layout,
            "messages": [asdict(message) for message in result.messages],
        },
        "inputs": asdict(inputs),
        "files": {
            name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in files.items()
        },
    }
    line = json.dumps({**body, "sha256": digest(body)}).encode()
    return b"".join([line, b"\n", *files.values()])


def read_header(line: bytes, key: str, stem: str) -> Header | None:
    """What an entry's first line says; ``None`` if it is not to be trusted.

    :param line: with the newline at its end.
    :param key: that it must be the entry of.
    :param stem: of the tutorial's file name; an entry with files of others is none.
    """
    try:
        body = json.loads(line)
        if json.dumps(body).encode() + b"\n" != line:
            return None
        if digest({name: body[name] for name in body if name != "sha256"}) != body["sha256"]:
            return None
        if body["format"] != _FORMAT or body["key"] != key:
            return None
        files = {
            checked_name(name, stem): (_size(size), str(sha256))
            for name, (size, sha256) in body["files"].items()
        }
        if not {f"{stem}.py", f"{stem}.rst"} <= files.keys():
            return None
        return Header(_result(body["result"]), Inputs.from_json(body["inputs"]), files, len(line))
    except _UNREADABLE:
        return None


def stem_of(line: bytes) -> str:
    """The stem of the file name of the tutorial that an entry seems to be of; not to be trusted.

    :param line: the entry's first line.
    """
    try:
        names = [name for name in json.loads(line)["files"] if name.endswith(".rst")]
        return names[0].removesuffix(".rst") if len(names) == 1 else ""
    except _UNREADABLE:
        return ""


def unpack(head: Header, data: bytes) -> dict[str, bytes] | None:
    """The files of an entry by name; ``None`` if one is damaged.

    :param data: the whole entry, its first line included.
    """
    files: dict[str, bytes] = {}
    start = head.size
    for name, (size, sha256) in head.files.items():
        files[name] = data[start : start + size]
        if hashlib.sha256(files[name]).hexdigest() != sha256:
            return None
        start += size
    return files if start == len(data) else None


def digest(parts: Mapping[str, Any]) -> str:
    """SHA-256 of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def checked_name(name: str, stem: str) -> str:
    """The name of a page's file, relative to the page's folder, as it is.

    :param stem: of the tutorial's file name.
    :raises ValueError: it is the name of anything else.
    """
    folder = _FOLDER.match(name)
    own = name[folder.end() :] if folder else name
    if not any(
        own.startswith(mine) and _REST.fullmatch(own, len(mine))
        for mine in (f"{stem}.", f"sphx_glr_{stem}_")
    ):
        raise ValueError(f"not a file of {stem}: {name!r}")
    return name


def _size(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"not a size: {value!r}")
    return value


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
        isolation=_one_of(("namespace", "copy"), record["isolation"]),
        observation=_one_of(("complete", "python"), record["observation"]),
        processes=_one_of((True, False), record["processes"]),
        layout=str(record["layout"]),
    )


def _one_of(values: tuple[_T, ...], value: Any) -> _T | None:
    if value is not None and (value not in values or type(value) is not type(values[0])):
        raise ValueError(f"not one of {values}: {value!r}")
    return value
