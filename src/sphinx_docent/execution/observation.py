"""What a tutorial uses while it runs, noted once each, whoever sees it.

The observers run in the tutorial's own process, which is given up afterwards: what watches can't
be taken back. They are started together: see :mod:`.observers`.
"""

from __future__ import annotations

import contextlib
import json
import os
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

Origin = Callable[[str], str | None]
"""Of an absolute path as the tutorial sees it, the project's own file; ``None`` for others."""

_FLAGS = ("network", "processes")


@dataclass(slots=True)
class Observation:
    """What was used.

    :param used: by the name of a table in :class:`sphinx_docent.cache.inputs.Inputs`: absolute
        paths, or names of modules, variables and such.
    :param written: files and folders that the tutorial itself made.
    :param network: whether a connection was opened.
    :param processes: whether other processes were started.
    :param searched: how often the import system has listed a folder.
    """

    used: dict[str, set[str]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    searched: Counter[str] = field(default_factory=Counter)
    network: bool = False
    processes: bool = False

    def add(self, kind: str, value: str) -> None:
        """Note something under the name of a table or a field."""
        if kind in _FLAGS:
            setattr(self, kind, True)
        elif kind == "written":
            self.written.add(value)
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

    :param spill: a file that processes forked by the tutorial write what they see to.
    """

    def __init__(self, reach: Reach, spill: Path) -> None:
        self.seen = Observation()
        self.is_active = True
        self.reach = reach
        self.asking = Asking(lambda file: reach.inside(file) is not None)
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
        own: bool | None = None
        for path in self._real.names(name, is_link=table == "links"):
            found = self.reach.inside(path)
            if found is None:
                if own is None:
                    own = self.asking.is_own(self.asking.asker(frame))
                counts = own or (table == "files" and is_settings_file(path))
                found = self.reach.outside(path) if counts else None
            if found is not None:
                self.note(table, found)

    def note(self, kind: str, value: str = "") -> None:
        """Take note of something.

        :param kind: the name of a table, or a field of :class:`Observation`.
        """
        if not self.is_active or ((kind, value) in self._known and kind != "searched"):
            return
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


def _strings(data: Any) -> tuple[str, str]:
    kind, value = data
    if not isinstance(kind, str) or not isinstance(value, str):
        raise TypeError("not a note")
    return kind, value
