"""What a tutorial uses while it runs, noted once each, whoever sees it.

The observers run in the tutorial's own process, which is given up afterwards: what watches can't
be taken back. They are started together: see :mod:`.observers`.
"""

from __future__ import annotations

import contextlib
import json
import os
import posix
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from ..cache.inputs import PATHS
from ..machine.interpreter import installation_prefixes
from .asking import Asking
from .library_settings import is_settings_file, named_settings
from .real_paths import RealPaths

_INSTALLED = ("/dev/", "/proc/", "/sys/", *installation_prefixes())

Origin = Callable[[str], str | None]
"""Of an absolute path as the tutorial sees it, the project's own file; ``None`` for others."""

_BYTECODE = f"{os.sep}__pycache__"  # a folder that importing makes
_FLAGS = ("network", "processes")


@dataclass(slots=True)
class Observation:
    """What was used.

    :param used: by the name of a table in :class:`sphinx_docent.cache.inputs.Inputs`: absolute
        paths, or names of modules, variables and such.
    :param absent: paths that led nowhere when they were asked for.
    :param written: files and folders that the tutorial itself made.
    :param network: whether a connection was opened.
    :param processes: whether other processes were started.
    :param searched: how often the import system has listed a folder.
    """

    used: dict[str, set[str]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    searched: Counter[str] = field(default_factory=Counter)
    network: bool = False
    processes: bool = False

    def add(self, kind: str, value: str) -> None:
        """Note something under the name of a table or a field."""
        if kind in _FLAGS:
            setattr(self, kind, True)
        elif kind in ("absent", "written"):
            getattr(self, kind).add(value)
        elif kind == "searched":
            self.searched[value] += 1
        elif kind not in PATHS or not self.is_made(value):
            self.used.setdefault(kind, set()).add(value)

    def is_made(self, path: str) -> bool:
        """Whether the tutorial has made a file, or a folder that it lies in."""
        return path in self.written or os.path.dirname(path) in self.written


@dataclass(frozen=True, slots=True)
class Reach:
    """Which paths may count, whoever asks, and which if the project's own code does.

    :param root: the repository's root.
    :param origin: see :data:`Origin`.
    :param watched: folders and files of distributions that count by content.
    :param private: folders of the tutorial alone.
    """

    root: Path
    origin: Origin
    watched: tuple[str, ...]
    private: tuple[str, ...]

    def inside(self, path: str) -> str | None:
        """The file that a path stands for, if it is one of those that count whoever asks."""
        own = self.origin(path)
        return own if own is not None else path if path.startswith(self.watched) else None

    def outside(self, path: str) -> str | None:
        """Likewise one of the others: anywhere but where builds and tutorials write."""
        if path.startswith(self.private):
            return None
        if path.startswith(f"{self.root}{os.sep}") and not path.startswith(installation_prefixes()):
            return None
        return path

    def counts_as_settings(self, path: str) -> bool:
        """Whether a file that a library reads counts."""
        return self.inside(path) is not None or is_settings_file(path) or path in named_settings()


class Observer:
    """Takes note of what is seen, until it is asked what that was.

    :param source: the script as it is executed.
    :param spill: a file that processes forked by the tutorial write what they see to.
    """

    def __init__(self, reach: Reach, source: str, spill: Path) -> None:
        self.seen = Observation()
        self.is_active = True
        self.reach = reach
        self.source = source
        self.asking = Asking(lambda file: reach.inside(file) is not None, source)
        self._real = RealPaths()
        self._spill = spill
        self._process = os.getpid()
        self._known: set[tuple[str, str]] = set()

    @property
    def is_forked(self) -> bool:
        """Whether this process was forked by the tutorial."""
        return os.getpid() != self._process

    def knows(self, kind: str, value: str) -> bool:
        """Whether something was noted before."""
        return (kind, value) in self._known

    def use(self, table: str, name: str, frame: FrameType | None) -> None:
        """Take note of a file or folder if it counts.

        :param name: as it was given, made absolute; links may lead elsewhere.
        :param frame: of who asks.
        """
        for path in self._real.names(name, is_link=table == "links"):
            if path.endswith(_BYTECODE):
                continue
            found = self.reach.inside(path)
            if found is None and self._counts_outside(table, path, frame):
                found = self.reach.outside(path)
            if found is not None:
                self.note(table, found, is_there=is_there(path))

    def _counts_outside(self, table: str, path: str, frame: FrameType | None) -> bool:
        """Whether it counts of another file that somebody asks for it."""
        if self.asking.is_own(self.asking.asker(frame)):
            return True
        if table not in ("files", "folders") or path.startswith(_INSTALLED):
            return False
        if is_settings_file(path) and self.asking.is_caused():
            return True
        return self.asking.names(frame, path)

    def note(self, kind: str, value: str = "", *, is_there: bool = True) -> None:
        """Take note of something.

        :param kind: the name of a table, or a field of :class:`Observation`.
        :param is_there: whether a path leads anywhere.
        """
        if not self.is_active or ((kind, value) in self._known and kind != "searched"):
            return
        if not is_there and not any((table, value) in self._known for table in PATHS):
            self.note("absent", value)
        self._known.add((kind, value))
        if self.is_forked:
            line = json.dumps([kind, value]) + "\n"
            handle = os.open(self._spill, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, line.encode())
            os.close(handle)
        else:
            self.seen.add(kind, value)

    def finish(self) -> Observation:
        """What was seen, by forked processes as well; from here on nothing is noted."""
        self.is_active = False
        if self._spill.is_file():
            for line in self._spill.read_text(encoding="utf-8").splitlines():
                with contextlib.suppress(ValueError, TypeError, AttributeError):
                    self.seen.add(*_strings(json.loads(line)))
        return self.seen


def is_there(path: str) -> bool:
    """Whether a path leads anywhere, asked through no function that is watched."""
    try:
        posix.stat(path)
    except (OSError, ValueError):
        return False
    return True


def _strings(data: Any) -> tuple[str, str]:
    kind, value = data
    if not isinstance(kind, str) or not isinstance(value, str):
        raise TypeError("not a note")
    return kind, value
