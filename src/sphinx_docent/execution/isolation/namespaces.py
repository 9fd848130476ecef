"""Gives a process a view of the mounts that is its own, and takes from it the means to change it.

The server makes a user namespace for each of its slots; a child that it has forked enters a new
mount namespace, mounts, and enters (or has entered) the user namespace, in which it has no
power over what was mounted, nor over ``/proc/PID/root`` of any process outside.
See :manpage:`user_namespaces(7)` and :manpage:`mount_namespaces(7)`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from . import libc

_MAPS = ("uid_map", "gid_map")


def create_user_namespace() -> int:
    """A descriptor of a new user namespace, in which all users are whom they are outside.

    Who may not map other users maps only itself; others' files then belong to ``nobody``.

    :raises StepError: this machine does not allow it.
    """
    ready, told = os.pipe()
    held, release = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(release)
        _hold_new_namespace(told, held)
    try:
        os.close(told)
        os.close(held)
        reason = os.read(ready, 1000).decode()
        if reason:
            raise libc.StepError(reason)
        _map_users(pid)
        return os.open(f"/proc/{pid}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise libc.StepError(f"cannot map users: {error.strerror}") from error
    finally:
        os.close(ready)
        os.close(release)
        os.waitpid(pid, 0)


@contextmanager
def mount_namespace(user_namespace: int) -> Iterator[None]:
    """Enter a mount namespace; within the context mounts can be made, afterwards none changed.

    To be called in a freshly forked process, which has one thread. Root mounts with its own
    rights, so that mounts below other mounts are no obstacle; others with those that the user
    namespace gives.

    :param user_namespace: of :func:`create_user_namespace`.
    :raises StepError: this machine does not allow it.
    """
    may_mount = libc.has_capability(libc.CAP_SYS_ADMIN)
    if not may_mount:
        libc.setns(user_namespace, libc.CLONE_NEWUSER, "enter a user namespace")
    libc.unshare(libc.CLONE_NEWNS, "make a mount namespace")
    private = libc.MS_REC | libc.MS_PRIVATE
    libc.mount("none", "/", "", private, "", "make mounts private")
    yield
    if may_mount:
        libc.setns(user_namespace, libc.CLONE_NEWUSER, "enter a user namespace")
    else:
        libc.drop_capabilities()


def may_mount_over_mounts() -> bool:
    """Whether mounts below a mount are no obstacle: elsewhere the kernel keeps them together."""
    return libc.has_capability(libc.CAP_SYS_ADMIN)


def may_map_all_users() -> bool:
    """Whether files of other users stay theirs: elsewhere they can be read, and not changed."""
    return libc.has_capability(libc.CAP_SETUID) and libc.has_capability(libc.CAP_SETGID)


def try_out(trial: Callable[[], None]) -> str:
    """Why this machine does not allow something, empty if it does.

    :param trial: is called in a throw-away process; :class:`StepError` or any other error is
        the reason.
    """
    if sys.platform != "linux":
        return f"{sys.platform} has no namespaces"
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _tell_outcome(trial, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8", errors="replace") as outcome:
        reason = outcome.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return reason or (f"the trial ended with code {code}" if code else "")


def _hold_new_namespace(told: int, held: int) -> None:
    """What the process that makes a user namespace does; never returns."""
    try:
        libc.unshare(libc.CLONE_NEWUSER, "make a user namespace")
        os.close(told)
        os.read(held, 1)
    except libc.StepError as error:
        os.write(told, str(error).encode())
    finally:
        os._exit(0)


def _map_users(pid: int) -> None:
    if may_map_all_users():
        for name in _MAPS:
            with open(f"/proc/self/{name}", encoding="utf-8") as file:
                rows = [line.split() for line in file]
            _write(f"/proc/{pid}/{name}", "\n".join(f"{row[0]} {row[0]} {row[2]}" for row in rows))
    else:
        _write(f"/proc/{pid}/setgroups", "deny")
        for name, number in zip(_MAPS, (os.geteuid(), os.getegid()), strict=True):
            _write(f"/proc/{pid}/{name}", f"{number} {number} 1")


def _write(path: str, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def _tell_outcome(trial: Callable[[], None], told: int) -> None:
    """What the throw-away process does; never returns."""
    code = 1
    try:
        trial()
        code = 0
    except BaseException as error:
        with suppress(OSError):
            os.write(told, f"{error}".encode(errors="replace") or type(error).__name__.encode())
    finally:
        os._exit(code)
