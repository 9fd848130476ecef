"""Observes what a tutorial uses while it runs: files, folders, modules, the network.

Runs in the tutorial's own process, which is given up afterwards: an audit hook can't be taken
back. What is seen is what Python is asked for; C code that opens a file by itself is not.
See :pep:`578`.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from types import FrameType
from typing import Any

_INTERNET = {2, 10, 30}  # AF_INET, and AF_INET6 on Linux and macOS
_PROCESS_EVENTS = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.spawn"}


@dataclass(slots=True)
class Observation:
    """What was used, in absolute paths of the project.

    :param files: files that were opened for reading, or that were looked for and absent.
    :param written: files that the tutorial itself made.
    :param folders: folders whose content was listed.
    :param modules: top-level names of what was imported.
    """

    files: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    network: bool = False
    processes: bool = False

    def to_json(self) -> dict[str, Any]:
        """In a form that travels."""
        return {
            "files": sorted(self.files - self.written),
            "folders": sorted(self.folders),
            "modules": sorted(self.modules),
            "network": self.network,
            "processes": self.processes,
        }


class Observer:
    """Watches one tutorial.

    :param source: the script as it is executed, in its working folder.
    :param origin: of a path as the tutorial sees it, the project's own file, or ``None``
        where it does not belong to the project.
    :param spill: a file that processes forked by the tutorial write what they see to.
    :param page_folder: where the tutorial's own process alone may write: a tutorial that forks
        and goes on in both processes would have its page written twice at once.
    """

    def __init__(
        self, source: Path, origin: Callable[[str], str | None], spill: Path, page_folder: Path
    ) -> None:
        self.seen = Observation()
        self._source = str(source)
        self._origin = origin
        self._spill = spill
        self._page_folder = f"{page_folder}{os.sep}"
        self._process = os.getpid()
        self._known: set[tuple[str, object]] = set()
        self._active = False

    def start(self) -> None:
        """Begin; there is no end."""
        self._active = True
        sys.addaudithook(self._hook)
        self._watch_imports()

    def finish(self) -> Observation:
        """What was seen, by forked processes as well."""
        self._active = False
        if self._spill.is_file():
            for line in self._spill.read_text(encoding="utf-8").splitlines():
                kind, value = json.loads(line)
                self._add(kind, value)
        return self.seen

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._active:
            return
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, (str, bytes, os.PathLike)):
                self._opened(os.fsdecode(path), mode, flags)
        elif event in ("os.listdir", "os.scandir"):
            path = arguments[0]
            if not isinstance(path, int) and not _asked_by_importlib():
                self._note("folders", self._own(os.fsdecode(path or ".")))
        elif event == "socket.connect":
            if arguments[0].family in _INTERNET:
                self._note("network", True)
        elif event in _PROCESS_EVENTS:
            self._note("processes", True)

    def _opened(self, name: str, mode: str | None, flags: int | None) -> None:
        use = _use(mode, flags or 0)
        if use != "files" and os.getpid() != self._process and self._is_page(name):
            os._exit(0)
        path = self._own(name)
        if path is None:
            return
        if path.endswith(".pyc"):
            try:
                path = importlib.util.source_from_cache(path)
            except ValueError:
                return
        if use == "written" and path in self.seen.files:
            return
        if use is not None:
            self._note(use, path)

    def _is_page(self, name: str) -> bool:
        return os.path.abspath(name).startswith(self._page_folder)

    def _own(self, name: str) -> str | None:
        try:
            return self._origin(os.path.abspath(name))
        except (OSError, ValueError):
            return None

    def _note(self, kind: str, value: str | bool | None) -> None:
        if value is None or (kind, value) in self._known:
            return
        self._known.add((kind, value))
        if os.getpid() != self._process:
            line = json.dumps([kind, value]) + "\n"
            handle = os.open(self._spill, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, line.encode())
            os.close(handle)
        else:
            self._add(kind, value)

    def _add(self, kind: str, value: Any) -> None:
        if isinstance(value, bool):
            setattr(self.seen, kind, True)
        else:
            getattr(self.seen, kind).add(value)

    def _watch_imports(self) -> None:
        """See imports of modules that are loaded already, too; no audit event tells of them."""
        real_import, real_module = builtins.__import__, importlib.import_module
        asked: set[tuple[str | None, str]] = set()

        def watched_import(
            name: str,
            globals: Mapping[str, object] | None = None,  # noqa: A002
            locals: Mapping[str, object] | None = None,  # noqa: A002
            fromlist: Any = (),
            level: int = 0,
        ) -> Any:
            importer = globals.get("__name__") if globals else None
            key = (str(importer), name)
            if level == 0 and key not in asked:
                asked.add(key)
                self._imported(name)
            return real_import(name, globals, locals, fromlist, level)

        def watched_module(name: str, package: str | None = None) -> Any:
            if not name.startswith("."):
                self._imported(name)
            return real_module(name, package)

        builtins.__import__ = watched_import
        importlib.import_module = watched_module

    def _imported(self, name: str) -> None:
        top = name.partition(".")[0]
        if (
            self._active
            and ("modules", top) not in self._known
            and top not in sys.stdlib_module_names
            and self._caused_by_tutorial()
        ):
            self._note("modules", top)
            for place in _earlier_places(top):
                self._note("files", self._own(place))

    def _caused_by_tutorial(self) -> bool:
        """Whether the tutorial's own code is below on the stack, or this is its thread."""
        if threading.current_thread() is not threading.main_thread():
            return True
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename == self._source:
                return True
            frame = frame.f_back
        return False


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


def _earlier_places(top: str) -> list[str]:
    """Files that would be imported under a name if they existed, up to the one that is."""
    places = []
    for folder in sys.path:
        base = os.path.join(folder or ".", top)
        package = os.path.join(base, "__init__.py")
        for place in (package, base + ".py"):
            places.append(place)
            if os.path.isfile(place):
                return places
        if os.path.isdir(base):
            return places
    return places


def _asked_by_importlib() -> bool:
    frame: FrameType | None = sys._getframe(2)
    return frame is not None and "importlib" in frame.f_code.co_filename


def closure(modules: set[str]) -> set[str]:
    """The top-level packages that loaded packages use, themselves included.

    A package that was loaded before the tutorial began tells of no import; what it uses is
    seen in the names that its modules hold.
    """
    note_loaded_packages()
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        top = waiting.pop()
        if top not in found:
            found.add(top)
            waiting.extend(_uses.get(top, ()))
    return found


_uses: dict[str, set[str]] = {}
_last = ""


def newly_loaded() -> list[str]:
    """The modules that were loaded since :func:`note_loaded_packages` was called.

    ``sys.modules`` is in order of loading. What was loaded before a fork is not touched: to look
    at thousands of modules would copy the memory that they lie in.
    """
    return list(takewhile(lambda name: name != _last, reversed(sys.modules)))


def note_loaded_packages() -> None:
    """Look at modules that were loaded since the last time; what was seen before is kept."""
    global _last
    for name in newly_loaded():
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names:
            _uses.setdefault(top, set()).update(_used_by(sys.modules[name]))
    _last = next(reversed(sys.modules))


def _used_by(module: Any) -> set[str]:
    used = set()
    for value in list(getattr(module, "__dict__", {}).values()):
        name = value.__name__ if isinstance(value, type(sys)) else _module_of(value)
        if isinstance(name, str):
            top = name.partition(".")[0]
            if top and top not in sys.stdlib_module_names:
                used.add(top)
    return used


def _module_of(value: Any) -> Any:
    kind = type(value)
    if kind.__name__ in ("type", "function", "builtin_function_or_method") or isinstance(
        value, type
    ):
        return getattr(value, "__module__", None)
    return None
