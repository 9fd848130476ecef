"""A process that is forked for one job, seen from the server: its pipes, its end.

It has nothing of the server but what it was given: no input, its output in one pipe, its answer in
another. What comes through either is kept as bytes and judged elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
import traceback
from dataclasses import dataclass, field

from .processes import blank_descriptors, die_with_parent
from .surroundings import Place

_TAIL = 8192  # bytes of output that are kept
_CHUNK = 1 << 16


@dataclass(slots=True)
class ForkedProcess:
    """A process that runs, and what it has written so far.

    :param started: as :func:`time.monotonic` counts, and likewise ``deadline``.
    :param end_fd: becomes readable when the process ends, where the platform has such.
    """

    pid: int
    started: float
    deadline: float
    answer_fd: int
    output_fd: int
    end_fd: int | None
    answer: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)

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
            self.answer += chunk
        else:
            self.output += chunk
            del self.output[:-_TAIL]
        return chunk

    def close(self) -> None:
        """Read to the end; to be called when the process is gone."""
        for fd in (self.answer_fd, self.output_fd):
            while self.read(fd):
                pass
        for fd in self.fds:
            os.close(fd)

    def exit_code(self) -> int | None:
        """Its exit code, negative for a signal; ``None`` if it runs."""
        return _wait(self.pid, os.WNOHANG)

    def wait(self) -> int:
        """Wait for its end, which is near."""
        return _wait(self.pid, 0) or 0


def fork_process(place: Place, timeout: float, control: socket.socket) -> ForkedProcess:
    """Fork a process that sends what is carried out in a place, as JSON.

    :param timeout: seconds.
    :param control: a connection of this process that the new one must not hold.
    """
    answer_read, answer_write = os.pipe()
    output_read, output_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_child(place, control, answer_write, output_write)
    os.close(answer_write)
    os.close(output_write)
    for fd in (answer_read, output_read):
        os.set_blocking(fd, False)
    now = time.monotonic()
    return ForkedProcess(pid, now, now + timeout, answer_read, output_read, _end_fd(pid))


def _be_child(place: Place, control: socket.socket, answer_fd: int, output_fd: int) -> None:
    """What the forked process does; never returns."""
    code, itself = 70, os.getpid()
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        control.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        for fd, new in ((nothing, 0), (output_fd, 1), (output_fd, 2)):
            os.dup2(fd, new)
        place.enter()
        die_with_parent()  # the kernel forgets it when a process changes what it may do
        blank_descriptors({answer_fd})
        answer = json.dumps(place.carry_out()).encode()
        if os.getpid() != itself:
            os._exit(0)  # the tutorial forked, and this is the copy that went on, too
        with os.fdopen(answer_fd, "wb") as pipe:
            pipe.write(answer)
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        # Threads that never end, exit handlers: nothing may hold the process.
        os._exit(code)


def _end_fd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _wait(pid: int, options: int) -> int | None:
    with contextlib.suppress(ChildProcessError):
        ended, status = os.waitpid(pid, options)
        return os.waitstatus_to_exitcode(status) if ended else None
    return 0
