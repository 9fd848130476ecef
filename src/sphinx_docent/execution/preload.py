"""Which modules the server loads before it forks: those that several tutorials import.

A module that starts threads or opens a device when it is imported must not be loaded before a
fork. Whether it does is found out once, in a process that is given up.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..files import write_whole
from ..gallery.script import parse
from .processes import die_with_parent

_LONGEST = 120
"""Seconds after which what is not loaded yet counts as unsafe."""


def imported_names(source: str) -> set[str]:
    """The modules that a script's import statements name, without the standard library's."""
    try:
        module = parse(source)
    except SyntaxError:
        return set()
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}


def common_names(sources: Iterable[str], jobs: int) -> list[str]:
    """The modules that are worth loading once: more tutorials import them than run at a time."""
    counts = Counter(name for source in sources for name in imported_names(source))
    return sorted(name for name, count in counts.items() if count > jobs)


def safe_names(
    names: Sequence[str],
    root: Path,
    excluded: tuple[str, ...],
    watched: tuple[str, ...],
    record: Path,
) -> list[str]:
    """Those of the names that can safely be loaded before a fork.

    :param root: modules of the project itself are never loaded: see that they are observed.
    :param watched: nor are those that lie here.
    :param record: file that keeps what was found out.
    """
    foreign = {name: origin for name in names if (origin := _origin(name, root, excluded, watched))}
    known = _load(record)
    unknown = [name for name, origin in foreign.items() if f"{name} {origin}" not in known]
    if unknown:
        verdicts = _try(unknown)
        known.update({f"{name} {foreign[name]}": verdicts.get(name, False) for name in unknown})
        with contextlib.suppress(OSError):
            write_whole(record, json.dumps(known, indent=0).encode())
    return [name for name, origin in foreign.items() if known[f"{name} {origin}"]]


def _origin(
    name: str, root: Path, excluded: tuple[str, ...], watched: tuple[str, ...]
) -> str | None:
    """File and time of a module of a distribution; ``None`` for others and missing ones."""
    top = name.partition(".")[0]
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.origin or not os.path.isfile(spec.origin):
        return None
    if spec.origin.startswith(watched):
        return None
    if spec.origin.startswith(f"{root}{os.sep}") and not spec.origin.startswith(excluded):
        return None
    return f"{spec.origin} {os.stat(spec.origin).st_mtime_ns}"


def _load(record: Path) -> dict[str, bool]:
    try:
        known = json.loads(record.read_bytes())
        return {str(name): bool(safe) for name, safe in known.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _try(names: Sequence[str]) -> Mapping[str, bool]:
    """Load the modules one by one in another process, and see what each does."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            die_with_parent()
            signal.alarm(_LONGEST)
            _quiet()
            for name in names:
                before = _threads()
                importlib.import_module(name)
                safe = _threads() <= before and not _devices()
                os.write(writer, json.dumps([name, safe]).encode() + b"\n")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        verdicts = dict(json.loads(line) for line in pipe)
    os.waitpid(pid, 0)
    return verdicts


def _quiet() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def _devices() -> bool:
    for fd in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            if os.readlink(fd).startswith(("/dev/nvidia", "/dev/dri", "/dev/kfd")):
                return True
    return False
