"""A process that is forked for one job, seen from the server: its pipes, its end.

It has nothing of the server but what it was given: no input, its output in one pipe, its answer in
another. What comes through either is kept as bytes and judged elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass, field

from .forked_end import ANYTHING, SILENT, ForkedEnd
from .last_words import LastWords
from .processes import WHERE, blank_descriptors, die_with_parent
from .surroundings import Place

DEAF = tuple(
    getattr(signal, name)
    for name in ("SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGTSTP", "SIGXCPU")
    if hasattr(signal, name)
)
"""Signals that the server does not hear, and that its processes hear as any."""

_TAIL = 8192  # bytes of output that are kept
_MOST = 32 * 2**20  # bytes that an answer may have
_CHUNK = 1 << 16
_MOMENT = 0.2  # seconds
_STACK = b"(most recent call first)"


@dataclass(frozen=True, slots=True)
class End:
    """How a process has ended.

    :param code: its exit code, negative for a signal.
    :param peak: bytes that it held at most, 0 where that is not known.
    """

    code: int
    peak: int


@dataclass(slots=True)
class ForkedProcess:
    """A process that runs, and what it has written so far.

    :param words: what it says if the pipes cannot carry it.
    :param started: as :func:`time.monotonic` counts, and likewise ``deadline``.
    :param problem: why it has no answer, as far as it could say; known when it is closed.
    :param end_fd: becomes readable when the process ends, where the platform has such.
    """

    pid: int
    started: float
    deadline: float
    answer_fd: int
    output_fd: int
    end_fd: int | None
    words: LastWords
    answer: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)
    problem: str = ""

    @property
    def fds(self) -> list[int]:
        """The descriptors to wait for."""
        return [fd for fd in (self.answer_fd, self.output_fd, self.end_fd) if fd is not None]

    def read(self, fd: int) -> bytes | None:
        """Take what was written; empty where no more will come, ``None`` where nothing has yet."""
        try:
            chunk = os.read(fd, _CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            chunk = b""
        if fd == self.answer_fd:
            if len(self.answer) <= _MOST:  # one byte more makes it none
                self.answer += chunk
        else:
            self.output += chunk
            del self.output[:-_TAIL]
        return chunk

    def ask_where(self) -> None:
        """Have it print its stack, and wait a moment for that."""
        if WHERE is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, WHERE)
        until = time.monotonic() + _MOMENT
        while _STACK not in self.output and time.monotonic() < until:
            if not self.read(self.output_fd):
                time.sleep(_MOMENT / 20)

    def close(self) -> None:
        """Read to the end; to be called when the process is gone."""
        for fd in (self.answer_fd, self.output_fd):
            while self.read(fd):
                pass
        for fd in self.fds:
            os.close(fd)
        if not self.answer:
            self.answer += self.words.take("answer")
        if len(self.answer) > _MOST:
            self.answer.clear()
        self.problem = self.words.take("problem").decode(errors="replace")
        self.words.close()

    def look(self) -> End | None:
        """How it has ended; ``None`` if it runs."""
        return _wait(self.pid, os.WNOHANG)

    def wait(self) -> End:
        """Wait for its end, which is near."""
        return _wait(self.pid, 0) or End(0, 0)


def fork_process(place: Place, timeout: float, control: socket.socket) -> ForkedProcess:
    """Fork a process that sends what is carried out in a place, as JSON.

    :param timeout: seconds.
    :param control: a connection of this process that the new one must not hold.
    """
    answer_read, answer_write = os.pipe()
    output_read, output_write = os.pipe()
    words = LastWords()
    pid = os.fork()
    if pid == 0:
        _be_child(place, control, ForkedEnd(answer_write, words), answer_write, output_write)
    os.close(answer_write)
    os.close(output_write)
    for fd in (answer_read, output_read):
        os.set_blocking(fd, False)
    now = time.monotonic()
    return ForkedProcess(pid, now, now + timeout, answer_read, output_read, _end_fd(pid), words)


def _be_child(
    place: Place, control: socket.socket, end: ForkedEnd, answer_fd: int, output_fd: int
) -> None:
    """What the forked process does; never returns."""
    try:
        os.setsid()
        os.umask(0o022)
        for number in (signal.SIGTERM, *DEAF):
            signal.signal(number, signal.SIG_DFL)
        die_with_parent()
        control.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        for fd, new in ((nothing, 0), (output_fd, 1), (output_fd, 2)):
            os.dup2(fd, new)
        place.enter()
        die_with_parent()  # the kernel forgets it when a process changes what it may do
        blank_descriptors({answer_fd})
        end.answer(place.carry_out())
    except ANYTHING as error:
        end.fail(error)
    finally:
        # Threads that never end, exit handlers: nothing may hold the process.
        end.leave(SILENT)


def _end_fd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _wait(pid: int, options: int) -> End | None:
    with contextlib.suppress(ChildProcessError):
        ended, status, usage = os.wait4(pid, options)
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return End(os.waitstatus_to_exitcode(status), peak) if ended else None
    return End(0, 0)
