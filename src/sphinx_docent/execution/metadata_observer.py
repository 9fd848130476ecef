"""Sees which distributions the project's own code asks for, installed or not, and what it reads of
their metadata.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
from types import FrameType
from typing import Any

from .hidden_frames import stand_in
from .observation import Observer, is_there

_ENTRY_POINTS = "entry_points.txt"  # seen when it is opened
_MODULE = f"{os.sep}importlib{os.sep}metadata{os.sep}"


def observe_metadata(observer: Observer) -> None:
    """Begin; there is no end."""
    distribution, path_distribution = (
        importlib.metadata.Distribution,
        importlib.metadata.PathDistribution,
    )
    real_from_name = distribution.from_name.__func__  # type: ignore[attr-defined]
    real_read_text = path_distribution.read_text

    def from_name(cls: Any, name: Any) -> Any:
        if isinstance(name, str) and _is_own(observer, sys._getframe(1)):
            observer.note("distributions", name)
        return real_from_name(cls, name)

    def read_text(self: Any, filename: Any) -> Any:
        if filename != _ENTRY_POINTS and _is_own(observer, sys._getframe(1)):
            path = os.path.abspath(os.path.join(self._path, filename))
            observer.note("files", path, is_there=is_there(path))
        return real_read_text(self, filename)

    distribution.from_name = classmethod(stand_in(from_name, real_from_name))  # type: ignore[assignment,method-assign]
    path_distribution.read_text = stand_in(read_text, real_read_text)  # type: ignore[method-assign]


def _is_own(observer: Observer, frame: FrameType | None) -> bool:
    while frame is not None and _MODULE in frame.f_code.co_filename:
        frame = frame.f_back
    return observer.asking.is_own(observer.asking.asker(frame))
