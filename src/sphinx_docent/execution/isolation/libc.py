"""The calls of Linux that Python has no function for.

Each raises :class:`StepError`, which says in words what was tried.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUSER = 0x1000_0000
MS_RDONLY = 0x1
MS_REMOUNT = 0x20
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x4_0000
CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 6, 7, 21
_CAPABILITY_VERSION = 0x2008_0522
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF, _SCOPE_SIGNAL = 444, 446, 2


class StepError(Exception):
    """A step of isolating or observing a tutorial is not possible here."""


def unshare(flags: int, step: str) -> None:
    """Leave namespaces for new ones. See :manpage:`unshare(2)`."""
    _call("unshare", step, ctypes.c_int(flags))


def setns(namespace: int, flags: int, step: str) -> None:
    """Enter the namespace of a descriptor. See :manpage:`setns(2)`."""
    _call("setns", step, ctypes.c_int(namespace), ctypes.c_int(flags))


def mount(source: str, target: str, kind: str, flags: int, options: str, step: str) -> None:
    """Attach a file system. See :manpage:`mount(2)`."""
    text = (source.encode(), os.fsencode(target), kind.encode() or None)
    _call("mount", step, *text, ctypes.c_ulong(flags), options.encode() or None)


def drop_capabilities() -> None:
    """Give up every capability of this process. See :manpage:`capabilities(7)`."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _call("capset", "give up capabilities", header, (ctypes.c_uint32 * 6)())


def scope_signals() -> bool:
    """Let this process and its children signal none but themselves, where the kernel can.

    Needs no more than ``CAP_SYS_ADMIN`` in the user namespace, and takes nothing else away.
    See :manpage:`landlock(7)`, ``LANDLOCK_SCOPE_SIGNAL``; from Linux 6.12 on.
    """
    system, rules = _library().syscall, (ctypes.c_uint64 * 3)(0, 0, _SCOPE_SIGNAL)
    ruleset: int = system(_LANDLOCK_CREATE_RULESET, rules, ctypes.c_size_t(24), 0)
    if ruleset < 0:
        return False
    try:
        return bool(system(_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def has_capability(number: int) -> bool:
    """Whether a capability of this process is in effect."""
    with open("/proc/self/status", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("CapEff:"):
                return bool(int(line.split()[1], 16) >> number & 1)
    return False


def inotify_init() -> int:
    """A descriptor of a new inotify instance. See :manpage:`inotify(7)`."""
    return _call("inotify_init1", "observe files", ctypes.c_int(os.O_NONBLOCK | os.O_CLOEXEC))


def inotify_add_watch(instance: int, path: bytes, mask: int) -> int:
    """The number of a watch, or minus the number of an error. Is called for each folder."""
    watch: int = _library().inotify_add_watch(instance, path, mask)
    return watch if watch >= 0 else -ctypes.get_errno()


def raw_call(number: int, *arguments: object) -> int:
    """A system call that the C library has no function for; -1 if it fails."""
    result: int = _library().syscall(number, *arguments)
    return result


def set_process_option(option: int, value: int) -> None:
    """Change a property of this process. See :manpage:`prctl(2)`."""
    _library().prctl(option, value, 0, 0, 0)


def _call(name: str, step: str, *arguments: object) -> int:
    result: int = getattr(_library(), name)(*arguments)
    if result < 0:
        raise StepError(f"cannot {step}: {os.strerror(ctypes.get_errno())}")
    return result


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
