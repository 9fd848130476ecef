"""Sees what Python is asked for: files, folders, the network, processes.

C code that opens a file by itself is not seen here. See :pep:`578`.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from .observation import Observer

_INTERNET = {2, 10, 30}  # AF_INET, and AF_INET6 on Linux and macOS
_PROCESS_EVENTS = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.spawn"}


def watch_audit_events(observer: Observer, page_folder: Path) -> None:
    """Begin to see; there is no end.

    :param page_folder: where the tutorial's own process alone may write: a tutorial that forks
        and goes on in both processes would have its page written twice at once.
    """
    sys.addaudithook(_AuditHook(observer, page_folder))


class _AuditHook:
    def __init__(self, observer: Observer, page_folder: Path) -> None:
        self._observer = observer
        self._page_folder = f"{page_folder}{os.sep}"

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._observer.is_active:
            return
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, (str, bytes, os.PathLike)):
                self._opened(os.fsdecode(path), mode, flags)
        elif event in ("os.listdir", "os.scandir"):
            path = arguments[0]
            if not isinstance(path, int):
                kind = "searched" if _is_importlib(sys._getframe(1)) else "folders"
                self._observer.note(kind, self._observer.own(os.fsdecode(path or ".")))
        elif event == "socket.connect":
            if arguments[0].family in _INTERNET:
                self._observer.note("network", True)
        elif event in _PROCESS_EVENTS:
            self._observer.note("processes", True)

    def _opened(self, name: str, mode: str | None, flags: int | None) -> None:
        use = _use(mode, flags or 0)
        if use != "files" and self._observer.is_forked and self._is_page(name):
            os._exit(0)
        path = self._observer.own(name)
        if path is None:
            return
        if path.endswith(".pyc"):
            try:
                path = importlib.util.source_from_cache(path)
            except ValueError:
                return
        if use == "written" and path in self._observer.seen.files:
            return
        if use is not None:
            self._observer.note(use, path)

    def _is_page(self, name: str) -> bool:
        return os.path.abspath(name).startswith(self._page_folder)


def _use(mode: str | None, flags: int) -> str | None:
    """What opening a file means: ``files``, its content is wanted; ``written``, what is read
    from it later is the tutorial's own; ``None`` for adding to what it holds."""
    if mode is not None:
        if set(mode) & set("wx"):
            return "written"
        return None if "a" in mode and "+" not in mode else "files"
    if flags & (os.O_TRUNC | os.O_EXCL):
        return "written"
    return None if flags & os.O_WRONLY else "files"


def _is_importlib(frame: FrameType | None) -> bool:
    return frame is not None and "importlib" in frame.f_code.co_filename
