"""Who opened what in a repository that all tutorials see alike, as far as that can be told.

One instance of inotify sees the repository's folders; the processes tell what they open by Python
(:mod:`.open_log`). What is left was opened by C code or by another program, and counts for each
tutorial that ran at that moment. Linux only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .isolation import inotify, libc
from .isolation.inotify import Observed, Tally
from .isolation.tree import Tree, list_tree
from .open_log import OpenLogReader


@dataclass(slots=True, eq=False)
class Window:
    """The time that a tutorial runs.

    :param log: the tutorial's own.
    :param known: how many openings of each log were known when it began.
    """

    log: OpenLogReader
    known: dict[OpenLogReader, int]
    tally: Tally = field(default_factory=Tally)


class SharedWatch:
    """Watches from now on.

    :param root: the repository's root, a real path.
    :param build_log: what the build itself opens.
    :raises StepError: nothing can be watched here.
    """

    def __init__(self, root: Path, is_excluded: Callable[[str], bool], build_log: Path) -> None:
        self.fd = libc.inotify_init()
        self.tree: Tree = list_tree(str(root), is_excluded)
        self._watched = inotify.watch(self.fd, self.tree.folders)
        self._logs = [OpenLogReader(build_log)]
        self._windows: list[Window] = []

    def begin(self, log: Path) -> Window:
        """A tutorial begins.

        :param log: what it opens by Python.
        """
        # First the logs, so that what they name is opened when events are taken: but for the last
        # name of each, which may have been written only.
        known = {log: log.refresh() - 1 for log in self._logs}
        self.drain()
        window = Window(OpenLogReader(log), known)
        self._windows.append(window)
        for other in self._windows:
            other.known[window.log] = 0
        self._logs.append(window.log)
        return window

    def drain(self) -> None:
        """Take the events that wait."""
        for events in inotify.waiting(self.fd):
            for window in self._windows:
                inotify.count(events, window.tally)

    def end(self, window: Window) -> Observed:
        """A tutorial has ended.

        :returns: what was opened meanwhile and nobody told of; what was only listed has a count.
        """
        self.drain()
        self._windows.remove(window)
        self._logs.remove(window.log)
        told: Counter[str] = Counter()
        for log, count in window.known.items():
            log.refresh()
            told += log.since(max(count, 0))
        window.log.close()
        seen = inotify.translate(window.tally, self.tree.folders, self._watched)
        return Observed(
            read=frozenset(
                path for path in seen.read if seen.opened.get(path, 0) > told.get(path, 0)
            ),
            read_back=frozenset(),
            written=frozenset(),
            created=frozenset(),
            listed={path: n for path, n in seen.listed.items() if n > told.get(path, 0)},
            opened={},
            unwatched=seen.unwatched,
            is_complete=seen.is_complete,
        )
