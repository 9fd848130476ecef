"""Surroundings of tutorials where nothing better is allowed: each works in a copy of its folder.

On Linux the copy is watched, and so are the repository's own folders, for all tutorials together.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..gallery.configuration import GalleryConf
from ..gallery.page_files import page_files
from .child import ExecutionRequest, execute_tutorial
from .isolation.upper import remove
from .kernel_events import KernelEvents, aliases_of
from .open_log import OpenLog
from .tracebacks import PACKAGE
from .workspace import NOT_COPIED, Workspace, copy_folder

if TYPE_CHECKING:
    from .isolation.inotify import Observed, Tally, Watched
    from .shared_watch import SharedWatch, Window

COPY = "copy"
BUILD_LOG = "opened-by-build"
"""In the folder for what is thrown away: what the build itself opens."""


class InCopies:
    """Makes places for tutorials.

    :param request: of the job of an index.
    :param reason: why nothing better is done.
    :param watch: of the repository; ``None`` where files cannot be watched.
    """

    def __init__(
        self,
        request: Callable[[int], ExecutionRequest],
        conf: GalleryConf,
        reason: str,
        watch: SharedWatch | None,
    ) -> None:
        self._request = request
        self._conf = conf
        self._reason = reason
        self._watch = watch
        self.fd = None if watch is None else watch.fd

    def drain(self) -> None:
        """Take what was seen in the repository."""
        if self._watch is not None:
            self._watch.drain()

    def place(self, index: int, slot: int) -> InCopy:
        """A place in a copy, which the process makes itself."""
        request = self._request(index)
        remove(request.base)  # it was tried before, where it is there
        if self._watch is None:
            return InCopy(request, self._conf, self._reason)
        return InWatchedCopy(request, self._conf, self._reason, self._watch)

    def tidy(self) -> None:
        """Whoever has asked for the tutorial removes the copy."""


class InCopy:
    """A place in a copy."""

    fd: int | None = None

    def __init__(self, request: ExecutionRequest, conf: GalleryConf, reason: str) -> None:
        base, root = request.base, request.root
        self._request = request
        self._conf = conf
        self._reason = reason
        self.workspace = Workspace(
            base, base / "tree", root, request.source.parent, request.excluded
        )

    def drain(self) -> None:
        """There is nothing."""

    def enter(self) -> None:
        """Make the copy, and have the kernel keep writes in it, where it can."""
        self._copy()
        if sys.platform == "linux":
            from .isolation.landlock import confine

            base, target = self.workspace.base, self._request.target_dir
            (target / "images" / "thumb").mkdir(parents=True, exist_ok=True)
            confine(os.fspath(self.workspace.root), (os.fspath(base), os.fspath(target)))

    def _copy(self) -> None:
        copy_folder(self.workspace, self._request.linked)

    def carry_out(self) -> dict[str, Any]:
        """Execute the tutorial in the copy."""
        return execute_tutorial(self._request, self._conf, self.workspace)

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """See that others can read the page, and tell where it was."""
        request = self._request
        target = request.target_dir / request.source.name
        for path in (*page_files(target), target.with_name(f"{target.name}.md5")):
            with contextlib.suppress(OSError):
                path.chmod(path.stat().st_mode | 0o644)
        return {"isolation": COPY, "reason": self._reason, "problem": "", "events": None}


class InWatchedCopy(InCopy):
    """A place in a copy that is watched."""

    def __init__(
        self, request: ExecutionRequest, conf: GalleryConf, reason: str, watch: SharedWatch
    ) -> None:
        from .isolation import inotify, libc

        super().__init__(request, conf, reason)
        self.fd = self._instance = libc.inotify_init()
        self._tally: Tally = inotify.Tally()
        self._watch = watch
        self._log = request.base / "opened"
        self._window: Window = watch.begin(self._log)

    def drain(self) -> None:
        """Take what was seen in the copy."""
        from .isolation import inotify

        inotify.drain(self._instance, self._tally)

    def _copy(self) -> None:
        """Make the copy, and have it watched."""
        from .isolation import inotify

        OpenLog(self._log, self.workspace.root, self.workspace.tree)
        super()._copy()
        names = list(_names_below(self.workspace.work))
        folders = _folders(self.workspace.work)
        watched = inotify.watch(self._instance, folders)
        told = {
            "names": names,
            "folders": [os.fsdecode(folder) for folder in folders],
            "count": watched.count,
            "skipped": watched.skipped,
        }
        (self.workspace.base / "watched").write_text(json.dumps(told), encoding="utf-8")

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Tell where it was, and what was seen of it."""
        self.drain()
        os.close(self._instance)
        around = self._watch.end(self._window)
        events = None
        if answer is not None:
            events = self._events(*self._in_copy(), around).to_json()
        return {**super().leave(answer), "events": events}

    def _in_copy(self) -> tuple[Observed | None, frozenset[str]]:
        """What was seen in the copy, and what was there in the beginning."""
        from .isolation import inotify

        try:
            told = json.loads((self.workspace.base / "watched").read_bytes())
            folders = [os.fsencode(name) for name in told["folders"]]
            names = told["names"]
            watched: Watched = inotify.Watched(int(told["count"]), tuple(told["skipped"]))
        except (OSError, ValueError, TypeError, LookupError):
            return None, frozenset()  # the tutorial has removed it
        return inotify.translate(self._tally, folders, watched), frozenset(map(str, names))

    def _events(
        self, own: Observed | None, there: frozenset[str], around: Observed
    ) -> KernelEvents:
        read = self._origins(dict.fromkeys((*(own.read if own else ()), *around.read), 1))
        back = self._origins(dict.fromkeys(own.read_back | own.written if own else (), 1))
        listed = self._origins({**(own.listed if own else {}), **around.listed})
        complete = own is not None and own.is_complete and around.is_complete
        gap = "" if complete else "more was opened than could be watched or noted"
        aliases = aliases_of((*read, *back, *listed), self._watch.tree.links)
        made, moved = self._changed(there)
        names = tuple(sorted(listed.items()))
        return KernelEvents(
            tuple(sorted(read)), tuple(sorted(back)), names, aliases, gap, made, moved
        )

    def _changed(self, there: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What was made in the copy where nothing was, and what is gone or has another name."""
        work, folder = self.workspace.work, self._request.source.parent
        now = set(_names_below(work))
        moved = there - now | {name for name in now & there if _has_other_names(work / name)}
        return (
            tuple(str(folder / name) for name in sorted(now - there)),
            tuple(str(folder / name) for name in sorted(moved)),
        )

    def _origins(self, counts: Mapping[str, int]) -> dict[str, int]:
        """What paths stand for in the project, without what is none of it."""
        origin = self.workspace.origin
        named = {origin(path): count for path, count in counts.items()}
        return {
            path: count
            for path, count in named.items()
            if path is not None and not path.startswith(PACKAGE)
        }


def _names_below(folder: Path) -> Iterator[str]:
    """All paths below a folder, relative to it, without what builds make."""
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_COPIED]
        inside = os.path.relpath(top, folder)
        yield from (os.path.normpath(os.path.join(inside, name)) for name in (*folders, *names))


def _has_other_names(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_nlink > 1


def watch_repository(
    root: Path, work: Path, is_excluded: Callable[[str], bool]
) -> SharedWatch | None:
    """Begin to watch the repository; ``None`` where that is not possible."""
    if sys.platform != "linux":
        return None
    from .isolation.libc import StepError
    from .shared_watch import SharedWatch

    try:
        return SharedWatch(root, is_excluded, work / BUILD_LOG)
    except (StepError, OSError):
        return None


def _folders(top: Path) -> list[bytes]:
    return [os.fsencode(folder) for folder, _, _ in os.walk(top)]
