"""What a tutorial may not do to others: it is refused before it happens, as an error in its line.

Seen by an audit hook, so only what Python itself is asked for. Where the kernel refuses as well,
this says in words what was refused.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

Check = Callable[[tuple[Any, ...]], None]


def guard(checks: dict[str, Check], is_active: Callable[[], bool]) -> None:
    """Have checks called when something is asked for; there is no end.

    :param checks: by audit event; one that raises keeps it from happening.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        check = checks.get(event)
        if check is not None and is_active():
            check(arguments)

    sys.addaudithook(hook)


def signal_checks() -> dict[str, Check]:
    """A tutorial signals none of the processes that it was started by, and none beside it."""
    above = {os.getppid(), *_above(os.getppid())}
    groups = {group for pid in above if (group := _of(os.getpgid, pid)) is not None}
    sessions = {found for pid in above if (found := _of(os.getsid, pid)) is not None}
    server, own = os.getppid(), os.getpid()

    def refuse(number: int, whom: str) -> None:
        name = signal.Signals(number).name if number in list(signal.Signals) else str(number)
        words = f"a tutorial may not send a signal ({name}) to {whom}"
        raise PermissionError(errno.EPERM, words)

    def kill(arguments: tuple[Any, ...]) -> None:
        pid, number = arguments
        if not number:
            return
        if pid == -1:
            refuse(number, "every process")
        elif pid < -1:
            killpg((-pid, number))
        elif pid > 0 and pid != own:
            if pid in above or _of(os.getsid, pid) in sessions:
                refuse(number, "a process that it was started by")
            if (_parent(pid) or 0) == server:
                refuse(number, "the process of another tutorial")

    def killpg(arguments: tuple[Any, ...]) -> None:
        group, number = arguments
        if number and group == 1:
            refuse(number, "every process")  # which is what the kernel takes it for
        if number and group in groups:
            refuse(number, "the processes that it was started by")

    return {"os.kill": kill, "os.killpg": killpg}


def _above(pid: int) -> list[int]:
    """The processes that a process was started by, the first one of all excepted."""
    found: list[int] = []
    while (parent := _parent(pid)) is not None and parent > 1 and len(found) < 100:
        found.append(parent)
        pid = parent
    return found


def _parent(pid: int) -> int | None:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _of(ask: Callable[[int], int], pid: int) -> int | None:
    try:
        return ask(pid)
    except OSError:
        return None
