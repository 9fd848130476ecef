"""Surroundings of tutorials where Linux allows namespaces: each works at the real path.

It reads the repository as it is; whatever it writes there lies in a folder of its own, from which
its page is taken, and nothing else.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..gallery.configuration import GalleryConf
from ..gallery.page_files import is_page_file
from .child import ExecutionRequest, execute_tutorial
from .isolation import inotify, sandbox, upper
from .kernel_events import KernelEvents, aliases_of
from .tracebacks import PACKAGE
from .workspace import Workspace

NAMESPACE = "namespace"
_MOST = 2**30  # bytes of a page's files
_MOST_CHANGED = 10_000  # paths
_REST = 0.05  # seconds after which an instance of inotify closes at once


class InNamespaces:
    """Makes places for tutorials.

    :param plan: was made while this process had one thread.
    :param request: of the job of an index.
    """

    fd: int | None = None

    def __init__(
        self,
        plan: sandbox.Plan,
        request: Callable[[int], ExecutionRequest],
        conf: GalleryConf,
    ) -> None:
        self._plan = plan
        self._request = request
        self._conf = conf
        self._left: deque[tuple[float, sandbox.Link]] = deque()

    def drain(self) -> None:
        """There is nothing that places share."""

    def place(self, index: int, slot: int) -> InNamespace:
        """A place below an overlay."""
        request = self._request(index)
        link = sandbox.open_link(self._plan, str(index), slot, request.source.parent)
        return InNamespace(self._plan, link, request, self._conf, self._left)

    def tidy(self) -> None:
        """Remove what places have left that have not been used for a while."""
        while self._left and self._left[0][0] < time.monotonic() - _REST:
            sandbox.discard(self._left.popleft()[1])


class InNamespace:
    """A place below an overlay."""

    def __init__(
        self,
        plan: sandbox.Plan,
        link: sandbox.Link,
        request: ExecutionRequest,
        conf: GalleryConf,
        left: deque[tuple[float, sandbox.Link]],
    ) -> None:
        self.fd: int | None = link.instance
        self._plan = plan
        self._link = link
        self._request = request
        self._conf = conf
        self._left = left

    def drain(self) -> None:
        """Take the events that wait."""
        inotify.drain(self._link.instance, self._link.tally)

    def enter(self) -> None:
        """Mount the overlay, and be watched."""
        sandbox.enter(self._plan, self._link)

    def carry_out(self) -> dict[str, Any]:
        """Execute the tutorial where it lies."""
        request = self._request
        root, base = request.root, Path(self._plan.run)
        workspace = Workspace(base, root, root, request.source.parent, request.excluded)
        return execute_tutorial(request, self._conf, workspace)

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Take the page, if the tutorial has come to its end, and tell what was seen."""
        outcome = sandbox.close_link(self._link)
        self._left.append((time.monotonic(), self._link))
        if outcome is None:
            return {"isolation": None, "events": None}
        try:
            problem = self._take_page(outcome) if answer is not None else ""
            events = self._events(outcome)
        finally:
            sandbox.release(outcome)
        return {"isolation": NAMESPACE, "problem": problem, "events": events.to_json()}

    def _take_page(self, outcome: sandbox.Outcome) -> str:
        """Copy the page's files to where they belong.

        :returns: why that was not possible.
        """
        target, stem = self._request.target_dir, self._request.source.stem
        layers = [pair for pair in outcome.uppers if target.is_relative_to(pair[0].point)]
        if not layers:
            return ""  # it lies outside of the repository, and was written there
        layer, handle = max(layers, key=lambda pair: len(pair[0].point))
        folder = target.relative_to(layer.point).as_posix()
        try:
            upper.take(handle, folder, target, lambda name: is_page_file(name, stem), _MOST)
        except upper.TooMuchError as error:
            return f"OutputTooLong: the page's files hold more than {_MOST / 2**20:.0f} MB: {error}"
        except OSError as error:
            return f"the page could not be taken: {error}"
        return ""

    def _events(self, outcome: sandbox.Outcome) -> KernelEvents:
        seen, apart = outcome.observed, (*self._request.excluded, PACKAGE)
        listed = {
            folder: count
            for folder, count in seen.listed.items()
            if not f"{folder}{os.sep}".startswith(apart)
        }
        read, back = (
            tuple(sorted(path for path in paths if not path.startswith(apart)))
            # Who opens a file for both has no other event than who only writes to it.
            for paths in (seen.read, seen.read_back | seen.written)
        )
        changed = list(islice(self._changed(outcome, apart), _MOST_CHANGED))
        made = tuple(path for path, was_there in changed if not was_there)
        moved = tuple(path for path, was_there in changed if was_there)
        gap = ""
        if len(changed) == _MOST_CHANGED:
            gap = "more was written than can be noted"
        elif seen.unwatched:
            gap = f"{seen.unwatched} folders could not be watched (fs.inotify.max_user_watches)"
        elif not seen.is_complete:
            gap = "more was opened than could be noted"
        aliases = aliases_of((*read, *back, *listed), self._plan.tree.links)
        names = tuple(sorted(listed.items()))
        return KernelEvents(read, back, names, aliases, gap, made, moved)

    @staticmethod
    def _changed(outcome: sandbox.Outcome, apart: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        """What was made, written, renamed, linked or removed, and whether it was there before."""
        for layer, handle in outcome.uppers:
            for path, is_folder in upper.written_and_removed(handle):
                name = f"{layer.point}/{path}"
                was_there = os.path.lexists(name)
                if not name.startswith(apart) and not (was_there and is_folder):
                    yield name, was_there
