"""Runs one command, bounded in time and means, and tells what it left running.

A program of its own: ``python watch.py < request.json > result.json``. It becomes the parent of
every process whose parents have ended, so that nothing gets away: not by another session, not by
another environment, not by another user. It ends only what descends from it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PR_SET_CHILD_SUBREAPER = 36
HEAD, TAIL = 2**20, 2**16
GRACE = 0.5
"""Seconds that a process may need to be gone after the build has ended."""


def main() -> None:
    """Run what the request says."""
    json.dump(watch(json.load(sys.stdin)), sys.stdout)


def watch(request: dict[str, Any]) -> dict[str, Any]:
    """Run a command, and end what it leaves.

    :param request: ``command``, ``cwd``, ``env``, ``uid`` (or null), ``limit`` in seconds,
        ``memory`` in bytes for each process, ``cgroup`` (a folder to enter) or null.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    build = start(request)
    assert build.stdout is not None
    output = Output(build.stdout.fileno())
    late, tool_memory = False, 0
    while build.poll() is None:
        output.read(0.02)
        tool_memory = max(tool_memory, memory_of_tool(build.pid))
        if time.monotonic() - began > request["limit"]:
            late = True
            break
    seconds = time.monotonic() - began
    left = [] if late else still_there()
    stuck = [describe(pid) for pid in descendants(os.getpid())] if late else []
    end_all()
    output.read(0.1)
    return {
        "code": build.poll(),
        "late": late,
        "seconds": seconds,
        "left": left,
        "stuck": stuck,
        "tool_memory": tool_memory,
        "size": output.size,
        "output": (output.head + b"\n[...]\n" * bool(output.tail) + output.tail).hex(),
    }


def start(request: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start the command as its user, in a session of its own."""
    uid = request["uid"]
    user = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    return subprocess.Popen(
        request["command"],
        cwd=request["cwd"],
        env=request["env"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: limit_means(request["memory"], request["cgroup"]),
        **user,
    )


def limit_means(memory: int, cgroup: str | None) -> None:
    """Whatever a tutorial does, the machine goes on; whoever started the suite, signals act."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    for name, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 2 * 2**30),
        (resource.RLIMIT_CPU, 180),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NPROC, 3000),
    ):
        resource.setrlimit(name, (value, value))
    if cgroup:
        Path(cgroup, "cgroup.procs").write_text(str(os.getpid()))


class Output:
    """The beginning and the end of what was printed, and how much it was."""

    def __init__(self, fd: int) -> None:
        self.fd, self.size, self.head, self.tail = fd, 0, b"", b""
        os.set_blocking(fd, False)

    def read(self, seconds: float) -> None:
        """Take what there is, and wait a little if there is nothing."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return
        while True:
            try:
                chunk = os.read(self.fd, 2**16)
            except BlockingIOError:
                return
            if not chunk:
                time.sleep(seconds)
                return
            self.size += len(chunk)
            room = HEAD - len(self.head)
            self.head += chunk[:room]
            self.tail = (self.tail + chunk[room:])[-TAIL:]


def still_there() -> list[str]:
    """What runs although the build has ended; what is just ending is waited for."""
    until = time.monotonic() + GRACE
    while True:
        reap()
        pids = [pid for pid in descendants(os.getpid()) if state(pid) not in ("Z", "X", "")]
        if not pids or time.monotonic() > until:
            return [describe(pid) for pid in pids]
        time.sleep(0.02)


def end_all() -> None:
    """End everything that descends from this process, however it forks."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        reap()
        pids = descendants(os.getpid())
        if not pids:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):  # stopped ones fork no more
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        time.sleep(0.01)


def reap() -> None:
    """Take the exit codes of adopted processes, not of the build itself."""
    for pid in children(os.getpid()):
        if state(pid) == "Z":
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found = children(pid)
    for child in found:
        found += descendants(child) if child != pid else []
    return list(dict.fromkeys(found))


def children(pid: int) -> list[int]:
    """The processes of which one is the parent."""
    pids: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            pids += map(int, path.read_text().split())
    return pids


def state(pid: int) -> str:
    """The letter of a process's state; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def describe(pid: int) -> str:
    """A process in words."""
    words = b""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    return f"{pid} ({state(pid)}) {words.replace(bytes(1), b' ').decode(errors='replace')[:120]}"


def memory_of_tool(pid: int) -> int:
    """MB of the build and of what it forked itself, at most; tutorials are further below."""
    return max((resident(one) for one in (pid, *children(pid))), default=0)


def resident(pid: int) -> int:
    """MB that a process holds."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 // 2**20
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
