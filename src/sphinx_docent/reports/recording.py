"""Remembers what happened to each step, and has it shown."""

from __future__ import annotations

import time
from typing import Protocol

from ..model import Result, Step
from .outcome import Span
from .progress import Progress


class Listener(Protocol):
    """Is told what happens."""

    def started(self, step: Step, slot: int, worker: str = "") -> None:
        """A tutorial begins to execute, on one of the workers.

        :param worker: its name, empty on this machine.
        """

    def done(self, step: Step, result: Result) -> None:
        """A step has ended."""


class Recording:
    """What a build knows of its steps when they are done.

    :param progress: shows each step.
    """

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.results: dict[str, Result] = {}
        self.steps: dict[str, Step] = {}
        self.spans: list[Span] = []
        self._running: dict[str, tuple[int, str, float]] = {}
        self._began: float | None = None

    def started(self, step: Step, slot: int, worker: str = "") -> None:
        """A tutorial begins to execute.

        :param worker: its name, empty on this machine.
        """
        now = time.monotonic()
        self._began = self._began or now
        self._running[step.tutorial.path] = (slot, worker, now - self._began)
        self.progress.started(step, worker)

    def done(self, step: Step, result: Result) -> None:
        """A step has ended."""
        path = step.tutorial.path
        self.results[path] = result
        self.steps[path] = step
        if path in self._running and self._began is not None:
            slot, worker, start = self._running.pop(path)
            end = time.monotonic() - self._began
            self.spans.append(Span(path, slot, start, end, str(result.status), worker))
        self.progress.done(step, result)
