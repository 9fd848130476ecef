"""The words of the suite, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .lab import Lab

SIGNALS = "signals to the server"
MEMORY = "memory"
ANSWERS = "answers and descriptors"
PROCESSES = "processes left behind"
TIME = "time"
OUTPUT = "output and messages"
TRACEBACKS = "tracebacks"
SOURCES = "encodings and depth"
FILES = "links and special files"
SAME_NAME = "same name in another folder"
WRITES = "writes into the repository"
PYTHON = "patched Python"
NAMES = "names"
MODES = "file modes"
SCHEDULING = "scheduling"
BUILDERS = "builders"
LOCK = "the lock"
REPORT = "the report"


class Want(StrEnum):
    """What must become of a hostile tutorial. Its neighbours are healthy in any case."""

    PASS = "pass"
    """It is executed, passes, and its page shows its output."""
    FAIL = "fail"
    """It is a failure at its own file and line, with a message that tells what happened."""
    CONTAIN = "contain"
    """It may pass or fail; if it fails, its message tells what happened."""
    DIAGNOSE = "diagnose"
    """It is one diagnostic at its own file and line, and was not executed."""
    DIAGNOSE_OR_PASS = "diagnose or pass"
    """Either of the two."""
    DISCARD = "discard"
    """What it writes is thrown away, or it fails with a message that names the path."""


@dataclass(frozen=True, slots=True)
class Tutorial:
    """One hostile tutorial.

    :param name: its path below ``docs/tutorials``, without ending.
    :param code: Python that follows its title; bytes are the whole file as it is. In text,
        ``@ROOT@``, ``@OUTSIDE@``, ``@SCRATCH@``, ``@NAME@`` and ``@HARMLESS_UID@`` are replaced.
    :param says: a regular expression that its message must match if it fails.
    :param silent: a regular expression that its message must not match.
    :param line: words of the line that must be named.
    :param prints: a regular expression that its page must hold if it passes.
    :param path: a part of the path that a failure has to name, where it writes.
    :param whole: whether ``code`` is the whole file.
    :param unheard: whether an audit hook of Python cannot see what it does.
    :param root: ``True``: only as root; ``False``: only as another user.
    :param debatable: why another result could be defended, too.
    """

    name: str
    code: str | bytes
    want: Want = Want.CONTAIN
    says: str = ""
    silent: str = ""
    line: str = ""
    prints: str = ""
    path: str = ""
    comments: str = ""
    text: str = "Some text."
    whole: bool = False
    unheard: bool = False
    root: bool | None = None
    clause: str = ""
    debatable: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link."""

    target: str


@dataclass(frozen=True, slots=True)
class Special:
    """Something that is no plain file: ``fifo``, ``socket``, ``device``, ``folder``, ``sparse``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A plain file, or a folder if it has no text, with a mode of its own."""

    mode: int
    text: str | None = None


Content = str | bytes | Link | Special | Mode


@dataclass(frozen=True, slots=True)
class Gallery:
    """Hostile tutorials that are built together; they cannot hide one another.

    :param files: further files, by path from the repository's root; committed unless ignored.
    :param conf: further lines of ``conf.py``.
    :param builders: are run one after the other, the next also when the one before failed.
    :param again: whether ``html`` is run a second time, which must restore all that passed.
    :param limit: seconds for each build.
    :param alone: whether it cannot be divided to find which tutorial ended the build.
    :param tool_memory: MB that the build and its server may hold; 0: not looked at.
    """

    name: str
    clause: str
    tutorials: tuple[Tutorial, ...]
    files: Mapping[str, Content] = field(default_factory=dict)
    conf: str = ""
    builders: tuple[str, ...] = ("html",)
    again: bool = False
    limit: float = 60
    alone: bool = False
    root: bool | None = None
    tool_memory: int = 0
    debatable: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case that is more than one gallery built once."""

    name: str
    clause: str
    play: Callable[[Lab], Iterator[Check]]
    root: bool | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    :param case: gallery and tutorial, or scenario.
    :param wrong: what was found instead; empty: all well.
    :param found: what became of the tutorial.
    """

    case: str
    clause: str
    what: str
    wrong: str = ""
    debatable: str = ""
    found: str = ""


def galleries_of_one(
    clause: str,
    tutorials: tuple[Tutorial, ...],
    *,
    limit: float = 60,
    conf: str = "",
    tool_memory: int = 0,
) -> list[Gallery]:
    """A gallery for each of the tutorials, which could end the build."""
    return [
        Gallery(
            f"alone:{one.name}",
            clause,
            (one,),
            conf=conf,
            limit=limit,
            root=one.root,
            tool_memory=tool_memory,
            debatable=one.debatable,
        )
        for one in tutorials
    ]
