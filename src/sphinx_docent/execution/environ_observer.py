"""Sees which variables of the environment the project's own code asks for.

``os.environ`` stays the object that it is, and is given a class that notes who reads from it. A
copy of all that is made for a process that is started asks for none: ``os.environ.copy()``,
``dict(os.environ)``, ``{**os.environ}``. Who else goes through all of them asks for all: ``*``.
"""

from __future__ import annotations

import collections.abc
import linecache
import os
import re
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

from .asking import Asking
from .hidden_frames import stand_in

_CLEARS = collections.abc.MutableMapping.popitem.__code__
_THROUGH = {
    collections.abc.ItemsView.__iter__.__code__,
    collections.abc.ValuesView.__iter__.__code__,
    _CLEARS,
}


class EnvironObserver:
    """Observes one process from :meth:`start` on; there is no end.

    :param note: is told the name of each variable, ``*`` for all of them; not its value.
    :param unseen: variables that we set.
    """

    def __init__(
        self, note: Callable[[str], None], asking: Asking, unseen: frozenset[str] = frozenset()
    ) -> None:
        self._note = note
        self._asking = asking
        self._known = set(unseen)
        self._copying: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin."""
        watched = _watched(self)
        for variables in (os.environ, getattr(os, "environb", None)):
            if variables is not None:
                variables.__class__ = watched

    def read(self, key: Any, frame: FrameType) -> None:
        """A variable was read by whoever a frame belongs to."""
        if not isinstance(key, (str, bytes)):
            return
        name = os.fsdecode(key)
        if name in self._known or frame.f_code in _THROUGH or _place(frame) == self._copying:
            return
        if self._asking.is_own(self._asking.asker(frame)):
            self._known.add(name)
            self._note(name)

    def written(self, key: Any) -> None:
        """A variable was set or removed: what it is from now on is the tutorial's own work."""
        self._known.add(os.fsdecode(key))

    def copied(self, frame: FrameType) -> None:
        """All names were asked for; they are copied if no other instruction goes on with them."""
        asker = self._asking.asker(frame)
        if asker and self._asking.is_own(asker) and not _hands_on(asker.f_code):
            self.iterated(frame)
        self._copying = _place(frame)

    def iterated(self, frame: FrameType | None) -> None:
        """Somebody goes through all names."""
        while frame is not None and frame.f_code.co_filename == _ABC:
            if frame.f_code is _CLEARS:
                return
            frame = frame.f_back
        if frame is None or _place(frame) == self._copying or "*" in self._known:
            return
        if self._asking.is_own(self._asking.asker(frame)):
            self._known.add("*")
            self._note("*")


_GIVEN = re.compile(r"\benv\s*=[^=]")
_ABC = collections.abc.ItemsView.__iter__.__code__.co_filename


def _hands_on(code: CodeType) -> bool:
    """Whether code, or what stands beside it, starts a process with an environment."""
    if any("env" in part for part in code.co_consts if isinstance(part, tuple)):
        return True
    return any(_GIVEN.search(line) for line in linecache.getlines(code.co_filename))


def _place(frame: FrameType) -> tuple[int, int]:
    return id(frame), frame.f_lasti


def _watched(observer: EnvironObserver) -> Any:
    original: Any = type(os.environ)

    class Watched(original):  # type: ignore[misc]
        def __getitem__(self, key: Any) -> Any:
            observer.read(key, sys._getframe(1))
            return original.__getitem__(self, key)

        def __setitem__(self, key: Any, value: Any) -> None:
            original.__setitem__(self, key, value)
            observer.written(key)

        def __delitem__(self, key: Any) -> None:
            original.__delitem__(self, key)
            observer.written(key)

        def __iter__(self) -> Iterator[Any]:
            observer.iterated(sys._getframe(1))
            return iter([self.decodekey(key) for key in list(self._data)])

        def __repr__(self) -> str:
            observer.iterated(sys._getframe(1))
            return str(original.__repr__(self))

        def keys(self) -> Any:
            observer.copied(sys._getframe(1))
            return original.keys(self)

    Watched.__name__ = Watched.__qualname__ = original.__name__
    Watched.__module__ = original.__module__
    for name, entry in list(vars(Watched).items()):
        if callable(entry):
            stand_in(entry, getattr(original, name))
    return Watched
