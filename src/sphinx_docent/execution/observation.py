"""What a tutorial uses while it runs, noted once each, whoever sees it.

Those that see it are :mod:`.audit_hook` and :mod:`.import_hook`. They run in the tutorial's own
process, which is given up afterwards: what watches can't be taken back.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Origin = Callable[[str], str | None]
"""Of an absolute path as the tutorial sees it, the project's own file; ``None`` for others."""


@dataclass(slots=True)
class Observation:
    """What was used, in absolute paths of the project.

    :param files: files that were opened for reading, or that were looked for and absent.
    :param written: files that the tutorial itself made.
    :param folders: folders whose content was listed.
    :param modules: top-level names of what was imported.
    :param network: whether a connection was opened.
    :param processes: whether other processes were started.
    :param searched: how often the import system has listed a folder.
    """

    files: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    searched: Counter[str] = field(default_factory=Counter)
    modules: set[str] = field(default_factory=set)
    network: bool = False
    processes: bool = False

    def add(self, kind: str, value: Any) -> None:
        """Note something under the name of a field."""
        if isinstance(value, bool):
            setattr(self, kind, True)
        elif kind == "searched":
            self.searched[value] += 1
        else:
            getattr(self, kind).add(value)


class Observer:
    """Takes note of what is seen, until it is asked what that was.

    :param origin: see :data:`Origin`.
    :param spill: a file that processes forked by the tutorial write what they see to.
    """

    def __init__(self, origin: Origin, spill: Path) -> None:
        self.seen = Observation()
        self.is_active = True
        self._origin = origin
        self._spill = spill
        self._process = os.getpid()
        self._known: set[tuple[str, object]] = set()

    @property
    def is_forked(self) -> bool:
        """Whether this process was forked by the tutorial."""
        return os.getpid() != self._process

    def knows(self, kind: str, value: str) -> bool:
        """Whether something was noted before."""
        return (kind, value) in self._known

    def own(self, name: str) -> str | None:
        """The project's file that a name stands for; ``None`` if it is none of the project's."""
        try:
            return self._origin(os.path.abspath(name))
        except (OSError, ValueError):
            return None

    def note(self, kind: str, value: str | bool | None) -> None:
        """Take note of something, ``None`` excepted.

        :param kind: the name of a field of :class:`Observation`.
        """
        if value is None or ((kind, value) in self._known and kind != "searched"):
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
                self.seen.add(*json.loads(line))
        return self.seen
