"""The warm server: forks a process for each tutorial, watches it, and tells the build.

It is forked from the build itself, so it has the configuration; it loads what many tutorials
import, once; it never executes a tutorial. It ends everything when the build is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .processes import adopt_orphans, die_with_parent, end_descendants, end_group

_TICK = 0.02
_PATIENCE = 0.8  # seconds for killed processes to be gone; the build waits little longer
_TAIL = 8192
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Job:
    """One tutorial to execute.

    :param token: by which its processes are known.
    :param timeout: seconds.
    """

    token: str
    timeout: float


class JobSource(Protocol):
    """Brings jobs while the server runs, and is told more of their ends."""

    def job(self, message: dict[str, Any]) -> Job:
        """The job that a message asks for."""

    def ended(self, index: int) -> dict[str, Any]:
        """What the server is to tell of a job that has ended, beside what it knows."""


@dataclass(slots=True)
class _Running:
    index: int
    pid: int
    slot: int
    started: float
    deadline: float
    answer_fd: int
    output_fd: int
    pid_fd: int | None
    answer: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)


def serve(
    control: socket.socket,
    jobs: Sequence[Job],
    carry_out: Callable[[int], dict[str, Any]],
    slots: int,
    warm_up: Callable[[], None],
    guest: JobSource | None = None,
) -> None:
    """Execute all jobs in order, several at a time; returns when the last one has ended.

    :param control: the build's end closes when the build ends, whatever ends it.
    :param guest: understands what comes through ``control``: a line for each further job, in
        JSON, or ``{"end": INDEX}`` to end one. With a guest, all ends when ``control`` closes.
    :param carry_out: what a child does with the job of an index; its answer is JSON.
    :param warm_up: is called before the first child is forked.
    """
    # Ctrl-C reaches every process of the terminal; the build decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # While it warms up, it does not look whether the build is still there.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    die_with_parent(signal.SIGTERM)
    adopt_orphans()
    warm_up()
    # From here on it does; nothing may break into ending what runs.
    signal.signal(signal.SIGTERM, lambda *_: None)
    # What is loaded now is nobody's garbage: no child needs to look at it, and to copy it.
    gc.collect()
    gc.freeze()
    loop = _Loop(control, jobs, carry_out, slots, guest)
    try:
        loop.run()
    finally:
        loop.end_all()


class _Loop:
    """The jobs that wait and run."""

    def __init__(
        self,
        control: socket.socket,
        jobs: Sequence[Job],
        carry_out: Callable[[int], dict[str, Any]],
        slots: int,
        guest: JobSource | None,
    ) -> None:
        self.control = control
        self.guest = guest
        self.heard = bytearray()
        self.jobs = list(jobs)
        self.carry_out = carry_out
        self.waiting = list(range(len(jobs)))[::-1]
        self.running: dict[int, _Running] = {}
        self.free = list(range(slots))[::-1]
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        while self.waiting or self.running or self.guest:
            while self.waiting and self.free:
                self._start(self.waiting.pop(), self.free.pop())
            for key, _ in self.selector.select(_TICK if self.running else None):
                if key.fileobj is self.control and not self._hears():
                    return  # the build is gone, or wants no more
                if key.data is not None:
                    self._take(key.data)
            now = time.monotonic()
            for job in list(self.running.values()):
                code = _exit_code(job.pid)
                if code is not None or now >= job.deadline:
                    self._finish(job, code)

    def _hears(self) -> bool:
        """Take what the guest's side has sent; false if it has closed."""
        chunk = self.control.recv(_CHUNK)
        if self.guest is None or not chunk:
            return False
        *lines, rest = (bytes(self.heard) + chunk).split(b"\n")
        self.heard = bytearray(rest)
        for message in map(json.loads, lines):
            if "end" not in message:
                self.jobs.append(self.guest.job(message))
                self.waiting.insert(0, len(self.jobs) - 1)
            elif message["end"] in self.running:
                self.running[message["end"]].deadline = 0.0
            elif message["end"] in self.waiting:
                self.waiting.remove(message["end"])
        return True

    def end_all(self) -> None:
        for job in self.running.values():
            end_group(job.pid, self.jobs[job.index].token)
        end_descendants(_PATIENCE)

    def _start(self, index: int, slot: int) -> None:
        answer_read, answer_write = os.pipe()
        output_read, output_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            _be_child(lambda: self.carry_out(index), self.control, answer_write, output_write)
        os.close(answer_write)
        os.close(output_write)
        now = time.monotonic()
        deadline = now + self.jobs[index].timeout
        job = _Running(index, pid, slot, now, deadline, answer_read, output_read, _opened(pid))
        for fd in (answer_read, output_read):
            os.set_blocking(fd, False)
            self.selector.register(fd, selectors.EVENT_READ, (job, fd))
        if job.pid_fd is not None:
            self.selector.register(job.pid_fd, selectors.EVENT_READ)
        self.running[index] = job
        self._tell({"event": "started", "index": index, "slot": slot, "pid": pid})

    def _take(self, data: tuple[_Running, int]) -> bool:
        """Read what a child has written; false where there is nothing (more)."""
        job, fd = data
        try:
            chunk = os.read(fd, _CHUNK)
        except BlockingIOError:
            return False
        except OSError:
            chunk = b""
        if not chunk:
            with contextlib.suppress(KeyError):
                self.selector.unregister(fd)
            return False
        if fd == job.answer_fd:
            job.answer += chunk
        else:
            job.output += chunk
            del job.output[:-_TAIL]
        return True

    def _finish(self, job: _Running, code: int | None) -> None:
        late = code is None
        others = [other.pid for other in self.running.values() if other is not job]
        end_group(job.pid, self.jobs[job.index].token, others)
        if late:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(job.pid, 0)
        for fd in (job.answer_fd, job.output_fd):
            while self._take((job, fd)):
                pass
            self._close(fd)
        if job.pid_fd is not None:
            self._close(job.pid_fd)
        del self.running[job.index]
        self.free.append(job.slot)
        self.free.sort(reverse=True)
        self._tell(
            {
                "event": "ended",
                "index": job.index,
                "elapsed": time.monotonic() - job.started,
                "answer": _decoded(bytes(job.answer)),
                "late": late,
                "code": code,
                "tail": job.output.decode(errors="replace"),
                **(self.guest.ended(job.index) if self.guest else {}),
            }
        )

    def _close(self, fd: int) -> None:
        with contextlib.suppress(KeyError):
            self.selector.unregister(fd)
        os.close(fd)

    def _tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionError):
            self.control.sendall(json.dumps(message).encode() + b"\n")


def _be_child(
    carry_out: Callable[[], dict[str, Any]],
    control: socket.socket,
    answer_fd: int,
    output_fd: int,
) -> None:
    """What the forked process does; never returns."""
    code, itself = 70, os.getpid()
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        control.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output_fd, 1)
        os.dup2(output_fd, 2)
        answer = json.dumps(carry_out()).encode()
        if os.getpid() != itself:
            os._exit(0)  # the tutorial forked, and this is the copy that went on, too
        with os.fdopen(answer_fd, "wb") as pipe:
            pipe.write(answer)
        code = 0
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        # Threads that never end, exit handlers: nothing may hold the process.
        os._exit(code)


def _opened(pid: int) -> int | None:
    """A descriptor that becomes readable when a process ends, where the platform has such."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _exit_code(pid: int) -> int | None:
    """The exit code of a child that has ended, negative for a signal; ``None`` if it runs."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if ended else None


def _decoded(answer: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(answer)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
