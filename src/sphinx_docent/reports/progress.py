"""Shows executing tutorials: a live view on a terminal, a line for each elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from ..model import Action, Result, Status, Step
from .console import log_done


class Progress:
    """Follows the steps of one build.

    :param seconds: the last known execution time of each tutorial by path.
    :param jobs: how many tutorials execute at a time.
    """

    def __init__(self, steps: Sequence[Step], seconds: Mapping[str, float], jobs: int) -> None:
        self._left = {step.tutorial.path for step in steps if step.action is Action.EXECUTE}
        self._seconds = seconds
        self._jobs = jobs
        self._running: dict[str, float] = {}
        self._workers: dict[str, str] = {}
        self._done: Counter[str] = Counter()

    def show(self) -> AbstractContextManager[Any]:
        """The live view while something executes on a terminal; otherwise nothing."""
        if not self._left or not sys.stdout.isatty():
            return nullcontext()
        from rich.live import Live

        return Live(get_renderable=self._view, refresh_per_second=8, transient=True)

    def started(self, step: Step, worker: str = "") -> None:
        """A tutorial begins to execute.

        :param worker: its name, empty on this machine.
        """
        self._workers[step.tutorial.path] = worker
        self._running[step.tutorial.path] = time.monotonic()

    def done(self, step: Step, result: Result) -> None:
        """A step has ended."""
        self._running.pop(step.tutorial.path, None)
        self._left.discard(step.tutorial.path)
        failed = result.status is Status.FAILED
        self._done["failed" if failed else _PAST[step.action]] += 1
        log_done(step, result, self._workers.get(step.tutorial.path, ""))

    def seconds_left(self, now: float) -> float | None:
        """Estimated from known durations; ``None`` where none is known."""
        known = {path: self._seconds[path] for path in self._left if path in self._seconds}
        if not known:
            return None
        usual = sum(known.values()) / len(known)
        rest = [
            max(0.0, self._seconds.get(path, usual) - (now - self._running.get(path, now)))
            for path in self._left
        ]
        return max(sum(rest) / self._jobs, max(rest, default=0.0))

    def _view(self) -> Any:
        from rich.table import Table
        from rich.text import Text

        now = time.monotonic()
        view = Table.grid(padding=(0, 1))
        for path, began in self._running.items():
            worker = Text(f"on {self._workers[path]}" if self._workers[path] else "", "dim")
            view.add_row(Text(f"{now - began:6.1f} s", "yellow"), Text(path), worker)
        words = [f"{count} {word}" for word, count in sorted(self._done.items())]
        words.append(f"{len(self._left)} to go")
        left = self.seconds_left(now)
        if left is not None:
            words.append(f"about {left:.0f} s left")
        view.add_row("", Text(", ".join(words), "bold"))
        return view


_PAST = {
    Action.EXECUTE: "executed",
    Action.RESTORE: "restored",
    Action.RENDER: "rendered",
    Action.SKIP: "skipped",
}
