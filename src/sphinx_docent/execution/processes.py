"""Ends processes with all that they have started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

TOKEN = "DOCENT_TUTORIAL"  # noqa: S105
"""Environment variable by which a tutorial's processes are known."""

WHERE = getattr(signal, "SIGRTMAX", None) or getattr(signal, "SIGINFO", None)
"""The signal at which a tutorial's process prints its stack; ``None`` where there is none."""

_PATIENCE = 1.0  # seconds for what was killed to be gone
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def die_with_parent(sent: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent ends (Linux; else nothing)."""
    _prctl(_PR_SET_PDEATHSIG, sent)


@contextlib.contextmanager
def adopt_orphans() -> Iterator[None]:
    """Be the parent of descendants whose parents end (Linux; elsewhere nothing)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        _prctl(_PR_SET_CHILD_SUBREAPER, 0)


def blank_descriptors(kept: Collection[int]) -> None:
    """Have what this process has inherited lead nowhere, standard streams excepted.

    Descriptors of folders lead around the overlay, the server's own to the server. They are not
    closed: objects still hold their numbers, and would close what comes to have them later.
    """
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for name in os.listdir("/dev/fd"):
        handle = int(name)
        if handle > 2 and handle != nothing and handle not in kept:
            with contextlib.suppress(OSError):
                os.dup2(nothing, handle, inheritable=False)
    os.close(nothing)


def end_group(pid: int, token: str, spared: Collection[int] = ()) -> None:
    """End a child that leads a session, its session, and what carries its token.

    Whoever outlives its parent is this process's own child then: see :func:`adopt_orphans`.

    :param spared: other children; they and theirs are not looked at.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    ended: set[int] = set()
    while True:
        found = {
            other
            for other in _descendants(os.getpid(), spared)
            if other not in ended and (_session(other) == pid or _carries(other, token))
        }
        if not found:
            return
        for other in found:
            _kill(other)
        ended |= found


def end_left_over(leaders: Iterable[int]) -> None:
    """End what a server has left that was lost: the sessions that its children led, and what
    they have started since; it was adopted, see :func:`adopt_orphans`.
    """
    wanted = set(leaders)
    for leader in wanted:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        found = [other for other in _children(os.getpid()) if _is_of(other, wanted)]
        if not found:
            return
        for other in found:
            _kill(other)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(other, os.WNOHANG)
        time.sleep(0.005)


def _is_of(pid: int, leaders: set[int]) -> bool:
    """Whether a process is of a session, or carries the token of a tutorial."""
    return pid in leaders or _session(pid) in leaders or _carries(pid)


def end_descendants(seconds: float) -> None:
    """End the children of this process, and whom it adopts as their parents end, to the last.

    :param seconds: how long to wait for them to be gone.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for other in _children(os.getpid()):
            _kill(other)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.005)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _descendants(pid: int, spared: Collection[int]) -> Iterator[int]:
    for child in _children(pid):
        if child not in spared:
            yield child
            yield from _descendants(child, spared)


def _children(pid: int) -> list[int]:
    """The children of a process, where there is ``/proc``."""
    lists = list(Path(f"/proc/{pid}/task").glob("*/children"))
    if not lists:  # a kernel without these lists
        return [other for other in _pids() if _stat(other)[1:2] == [str(pid)]]
    pids: list[int] = []
    for path in lists:
        with contextlib.suppress(OSError):
            pids += map(int, path.read_text(encoding="ascii").split())
    return pids


def _pids() -> list[int]:
    proc = Path("/proc")
    return [int(path.name) for path in proc.iterdir() if path.name.isdigit()] if _LINUX else []


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def is_stopped(pid: int) -> bool:
    """Whether a process was stopped, or is traced by another one and waits for it."""
    return _stat(pid)[:1] in (["T"], ["t"])


def _session(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[3]) if len(fields) > 3 else 0


def _carries(pid: int, token: str = "") -> bool:
    """Whether a process carries a token; without one: any."""
    try:
        environ = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    variables = environ.split(b"\0")
    if token:
        return f"{TOKEN}={token}".encode() in variables
    return any(variable.startswith(f"{TOKEN}=".encode()) for variable in variables)


def _prctl(option: int, value: int) -> None:
    if _LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


_LINUX = sys.platform == "linux"
