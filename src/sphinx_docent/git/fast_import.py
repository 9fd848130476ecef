"""A commit in the form that ``git fast-import`` reads: it is made whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .source import Committer
from .tree import REGULAR_FILE


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made.

    :param parent: empty for the first of a branch.
    :param removed: paths that it takes away.
    :param written: the contents of the paths that it adds or changes.
    """

    parent: str
    message: str
    removed: Iterable[str]
    written: Mapping[str, bytes | Path]


def import_stream(commit: NewCommit, ref: str, who: Committer) -> Iterator[bytes]:
    """What makes a commit.

    :param ref: that leads to it afterwards.
    """
    words = commit.message.encode()
    head = f"commit {ref}\ncommitter {who.name} <{who.mail}> now\ndata {len(words)}\n"
    yield head.encode() + words + b"\n"
    if commit.parent:
        yield f"from {commit.parent}\n".encode()
    for path in commit.removed:
        yield b"D " + _quoted(path) + b"\n"
    for path, content in commit.written.items():
        data = content if isinstance(content, bytes) else content.read_bytes()
        yield f"M {REGULAR_FILE} inline ".encode() + _quoted(path) + b"\ndata %d\n" % len(data)
        yield data
        yield b"\n"
    yield b"\ndone\n"


def _quoted(path: str) -> bytes:
    raw = os.fsencode(path)
    escaped = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"'
