"""The warm server: forks a process for each job, watches it, and tells of its end.

It is forked from the build itself, so it has the configuration; it loads what many tutorials
import, once; it never executes a tutorial. It ends everything when the build is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..json_lines import LineReader, encode_line
from .forked_process import DEAF, End, ForkedProcess, fork_process
from .job_queue import JobQueue
from .jobs import Job, JobEvent, JobSource
from .processes import adopt_orphans, die_with_parent, end_descendants, end_group
from .surroundings import Place, Surroundings

_TICK = 0.02
_PATIENCE = 0.8  # seconds for killed processes to be gone; the build waits little longer
_CHUNK = 1 << 16


def serve(
    control: socket.socket,
    jobs: Sequence[Job],
    surroundings: Callable[[], Surroundings],
    slots: int,
    warm_up: Callable[[], None],
    source: JobSource | None = None,
    memory: float = math.inf,
    order: Sequence[int] | None = None,
) -> None:
    """Carry all jobs out in order, several at a time; returns when the last one has ended.

    :param control: takes the events, and closes when whoever has started the server ends,
        whatever ends it.
    :param surroundings: makes those of the processes; called before ``warm_up``.
    :param warm_up: is called before the first process is forked.
    :param source: understands what comes through ``control``: a line for each further job, in
        JSON, or ``{"end": INDEX}`` to end one. With a source, all ends when ``control`` closes.
    :param memory: bytes that all that runs at a time may hold together.
    :param order: the indexes of the jobs to carry out; ``None``: all.
    """
    for number in DEAF:
        signal.signal(number, signal.SIG_IGN)
    # Ctrl-C reaches every process of the terminal; the build decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # While it warms up, it does not look whether the build is still there.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    die_with_parent(signal.SIGTERM)
    with adopt_orphans():
        around = surroundings()
        warm_up()
        # From here on it does; nothing may break into ending what runs.
        signal.signal(signal.SIGTERM, lambda *_: None)
        # No child needs to look at what is loaded now, and to copy it.
        gc.collect()
        gc.freeze()
        _Loop(control, JobQueue(jobs, slots, memory, order), around, source).run_and_end()


class _Loop:
    """Starts what waits, and watches what runs."""

    def __init__(
        self,
        control: socket.socket,
        queue: JobQueue,
        around: Surroundings,
        source: JobSource | None,
    ) -> None:
        self.control = control
        self.queue = queue
        self.around = around
        self.source = source
        self.reader = LineReader()
        self.running: dict[int, tuple[ForkedProcess, Place, int]] = {}  # with its slot, by index
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        if around.fd is not None:
            self.selector.register(around.fd, selectors.EVENT_READ, lambda _: around.drain())

    def run_and_end(self) -> None:
        try:
            self.run()
        finally:
            self.end_all()

    def run(self) -> None:
        while self.running or not self.queue.is_empty or self.source:
            while job := self.queue.take():
                self.start(*job)
            for key, _ in self.selector.select(_TICK if self.running else None):
                if key.fileobj is self.control and not self.listen():
                    return  # the build is gone, or wants no more
                if key.data is not None and key.data(key.fd) == b"":
                    self.selector.unregister(key.fd)
            self.around.tidy()
            now = time.monotonic()
            for index, (process, _, _) in list(self.running.items()):
                end = process.look()
                if end is not None or now >= process.deadline:
                    self.finish(index, end)

    def listen(self) -> bool:
        """Take what the source's side has sent; false if it has closed."""
        chunk = self.control.recv(_CHUNK)
        if self.source is None or not chunk:
            return False
        for message in self.reader.feed(chunk):
            if "end" not in message:
                self.queue.add(self.source.job(message))
            elif message["end"] in self.running:
                self.running[message["end"]][0].deadline = 0.0
            else:
                self.queue.remove(message["end"])
        return True

    def start(self, index: int, slot: int) -> None:
        timeout = self.queue.job(index).timeout
        place = self.around.place(index, slot)
        process = fork_process(place, timeout, self.control)
        for fd in process.fds:
            data = process.read if fd != process.end_fd else None
            self.selector.register(fd, selectors.EVENT_READ, data)
        if place.fd is not None:
            self.selector.register(place.fd, selectors.EVENT_READ, lambda _: place.drain())
        self.running[index] = (process, place, slot)
        self.tell({"event": "started", "index": index, "slot": slot, "pid": process.pid})

    def finish(self, index: int, end: End | None) -> None:
        """End all that a job has started.

        :param end: its process's; ``None`` if it still runs, and is late.
        """
        process, place, slot = self.running.pop(index)
        if end is None and process.deadline:
            process.ask_where()
        others = [other.pid for other, _, _ in self.running.values()]
        end_group(process.pid, self.queue.job(index).token, others)
        late = end is None
        if end is None:
            end = process.wait()
        for fd in (*process.fds, *(() if place.fd is None else (place.fd,))):
            with contextlib.suppress(KeyError):
                self.selector.unregister(fd)
        process.close()
        answer = _decoded(bytes(process.answer))
        self.queue.free(slot)
        self.tell(
            {
                "event": "ended",
                "index": index,
                "elapsed": time.monotonic() - process.started,
                "answer": answer,
                "late": late,
                "code": end.code,
                "peak": end.peak,
                "problem": process.problem,
                "tail": process.output.decode(errors="replace"),
                "place": place.leave(answer),
                "details": self.source.details(index) if self.source else {},
            }
        )

    def end_all(self) -> None:
        for index, (process, _, _) in self.running.items():
            end_group(process.pid, self.queue.job(index).token)
        end_descendants(_PATIENCE)

    def tell(self, event: JobEvent) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionError):
            self.control.sendall(encode_line(event))


def _decoded(answer: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
