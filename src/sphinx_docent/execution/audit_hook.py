"""Sees what Python is asked for: files, folders, the network, processes.

C code that opens a file by itself is not seen here. See :pep:`578`.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from .descriptors import path_of
from .observation import Observer, is_there
from .stat_observer import StatObserver

_INTERNET = {2, 10, 30}  # AF_INET, and AF_INET6 on Linux and macOS
_SCRAPERS = os.path.join("sphinx_gallery", "scrapers.py")
_PROCESS_EVENTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.spawn")


def watch_audit_events(observer: Observer, stats: StatObserver, page_folder: Path) -> None:
    """Begin to see; there is no end.

    :param page_folder: where the tutorial's own process alone may write: a tutorial that forks
        and goes on in both processes would have its page written twice at once.
    """
    sys.addaudithook(_AuditHook(observer, stats, page_folder))


class _AuditHook:
    def __init__(self, observer: Observer, stats: StatObserver, page_folder: Path) -> None:
        self._observer = observer
        self._stats = stats
        self._page_folder = f"{page_folder}{os.sep}"
        self._own_folder = os.path.dirname(observer.source)
        self._events: dict[str, Callable[[tuple[Any, ...], FrameType], None]] = {
            "open": self._open,
            "os.listdir": self._list,
            "os.scandir": self._scan,
            "os.rename": self._rename,
            "os.link": self._link,
            "os.symlink": self._make_link,
            "os.mkdir": self._make,
            "os.remove": self._remove,
            "os.rmdir": self._remove,
            "os.truncate": self._read,
            "sqlite3.connect": self._read,
            "ctypes.dlopen": self._read,
            "import": self._import,
            "socket.connect": self._connect,
            **dict.fromkeys(_PROCESS_EVENTS, self._start_process),
        }

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        handle = self._events.get(event)
        if handle is not None and self._observer.is_active:
            handle(arguments, sys._getframe(1))

    def _open(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        path, mode, flags = arguments
        if isinstance(path, int) or self._stats.opening:
            return
        name = _absolute(path)
        if name is None:
            return
        use = _use(mode, flags or 0)
        if use != "files" and self._observer.is_forked and self._is_page(name):
            os._exit(0)
        if "-info/" in name:
            self._open_metadata(name)
        if name.endswith(".pyc") and f"{os.sep}__pycache__{os.sep}" in name:
            try:
                name = importlib.util.source_from_cache(name)
            except ValueError:
                return
        if use == "written":
            if _is_new_only(mode, flags or 0):
                self._observer.use("kinds", name, frame)
            self._write(name)
        elif use is not None and not _is_folder(flags or 0):
            self._observer.use(use, name, frame)

    def _open_metadata(self, name: str) -> None:
        """Metadata that is read counts, whoever reads it: it says what is installed."""
        if name.endswith("-info/entry_points.txt"):
            self._observer.note("ambient", "entry points")
        elif name.endswith(("-info/METADATA", "-info/PKG-INFO", "-info/direct_url.json")):
            self._observer.note("files", os.path.normpath(name))

    def _write(self, name: str) -> None:
        plain = os.path.normpath(name)
        path = self._observer.reach.inside(plain) or plain
        if path not in self._observer.seen.used.get("files", ()):
            self._observer.note("written", path)

    def _read(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        name = arguments[0] and _absolute(arguments[0])
        if name:
            self._observer.use("files", name, frame)

    def _list(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        name = path_of(arguments[0])
        if name is not None and not _is_importlib(frame) and not self._is_scraped(name, frame):
            self._observer.use("folders", name, frame)
        elif name is not None and (own := self._observer.reach.inside(os.path.normpath(name))):
            self._observer.note("searched", own)

    def _scan(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        self._list(arguments, frame)
        name = path_of(arguments[0])
        if name is not None and not self._is_scraped(name, frame):
            self._stats.listed(name, frame)

    def _rename(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        self._link(arguments, frame)
        source = path_of(arguments[0], _descriptor(arguments[2]))
        if source:
            self._write(source)

    def _link(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        """What lies under a new name is used as if it were read."""
        source = path_of(arguments[0], _descriptor(arguments[2]))
        target = path_of(arguments[1], _descriptor(arguments[3]))
        for path in _files_below(source) if source else ():
            self._observer.use("files", path, frame)
        if target:
            self._write(target)

    def _make_link(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        target = path_of(arguments[1], _descriptor(arguments[2]))
        if target:
            self._write(target)

    def _make(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        path = path_of(arguments[0], _descriptor(arguments[2]))
        if path:
            self._observer.use("kinds", path, frame)
            if not is_there(path):
                self._write(path)

    def _remove(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        """Only what is there can be removed."""
        path = path_of(arguments[0], _descriptor(arguments[1]))
        if path:
            self._observer.use("kinds", path, frame)
            self._write(path)

    def _import(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        if isinstance(arguments[1], str):  # an extension module's file
            self._observer.use("files", arguments[1], frame)

    def _connect(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        if arguments[0].family in _INTERNET:
            self._observer.note("network")

    def _start_process(self, arguments: tuple[Any, ...], frame: FrameType) -> None:
        self._observer.note("processes")

    def _is_scraped(self, name: str, frame: FrameType | None) -> bool:
        """Whether a scraper looks for pictures in the tutorial's own folder: those that the
        tutorial has put there, whatever else lies there.
        """
        if os.path.normpath(name) != self._own_folder:
            return False
        while frame is not None:
            if frame.f_code.co_filename.endswith(_SCRAPERS):
                return True
            frame = frame.f_back
        return False

    def _is_page(self, name: str) -> bool:
        return os.path.normpath(name).startswith(self._page_folder)


def _absolute(path: Any) -> str | None:
    """A name as it was given, from the root."""
    try:
        name = os.fsdecode(path)
        return name if name.startswith("/") else f"{os.getcwd()}/{name}"
    except (OSError, TypeError, ValueError):
        return None


def _descriptor(value: int) -> int | None:
    return None if value == -1 else value


def _is_folder(flags: int) -> bool:
    """A folder is opened for its descriptor: what is done with that is seen."""
    return bool(flags & os.O_DIRECTORY)


def _is_new_only(mode: str | None, flags: int) -> bool:
    """Whether opening fails if there is such a file."""
    return "x" in mode if mode is not None else bool(flags & os.O_EXCL)


def _files_below(path: str) -> list[str]:
    """A file; of a folder, all that are in it."""
    if not os.path.isdir(path) or os.path.islink(path):
        return [path]
    return [os.path.join(top, name) for top, _, names in os.walk(path) for name in names]


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
