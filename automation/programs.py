"""Runs the programs that the tasks are made of, and ends with what they end with."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from invoke import Exit

from .layout import ROOT


def session_python(session: str) -> str:
    """The Python of a Nox session's environment, which is made or brought up to date first."""
    command = [*tool("nox"), "--noxfile", str(ROOT / "noxfile.py"), "--install-only"]
    finish(subprocess.run([*command, "--session", session], cwd=ROOT, check=False))
    folder = ROOT / os.environ.get("NOX_ENVDIR", ".nox") / session
    windows = folder / "Scripts" / "python.exe"
    return str(windows if windows.exists() else folder / "bin" / "python")


def tool(name: str) -> list[str]:
    """How to run a tool that lives beside invoke, or else on the path."""
    if importlib.util.find_spec(name):
        return [sys.executable, "-m", name]
    if found := shutil.which(name):
        return [found]
    message = f"{name} is missing: python -m pip install -r requirements/dev.txt"
    raise Exit(message, code=2)


def with_our_source() -> dict[str, str]:
    """The environment in which this clone's extension is the one that Python finds."""
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


def finish(done: subprocess.CompletedProcess[bytes]) -> None:
    """End with the exit code of a program that failed; it has said why."""
    if done.returncode:
        raise Exit(code=done.returncode if done.returncode in (1, 2) else 1)


def run_until_interrupted(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> None:
    """Run a program in a group of its own; an interruption ends the whole group.

    An interrupted server has done its work: that is no failure.
    """

    def interrupt(*_received: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        end_group(process)
    else:
        if code:
            raise Exit(code=code if code in (1, 2) else 1)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask a process and all that it started to end, then insist."""
    if os.name != "posix":
        process.kill()
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=3)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
