"""Runs the programs that the tasks are made of, and ends with what they end with."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from invoke import Exit

from .project import LAYOUT, ROOT


def session_python(session: str) -> str:
    """The Python of a Nox session's environment, which is made or brought up to date first."""
    environments = os.environ.get("NOX_ENVDIR", ".nox")
    command = [*tool("nox"), "--noxfile", str(ROOT / "noxfile.py"), "--install-only"]
    command += ["--envdir", environments, "--session", session]
    finish(subprocess.run(command, cwd=ROOT, check=False))
    folder = ROOT / environments / session
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


def docent(program: str, *words: str) -> tuple[list[str], dict[str, str]]:
    """How to run a program of sphinx_docent: the command, and the variables that it needs.

    What is in the project's own folders needs no environment; otherwise it is the precheck's.
    """
    folders = [ROOT / folder for folder in LAYOUT.pythonpath]
    is_here = any((folder / "sphinx_docent").is_dir() for folder in folders)
    python = sys.executable if is_here else session_python("docs_precheck")
    return [python, "-m", f"sphinx_docent.{program}", *words], session_environment(python)


def session_environment(python: str) -> dict[str, str]:
    """The variables that a session would have.

    :param python: of its environment.
    """
    path = os.pathsep.join([str(Path(python).parent), os.environ.get("PATH", os.defpath)])
    folders = os.pathsep.join(str(ROOT / folder) for folder in LAYOUT.pythonpath)
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return inherited | {"PATH": path} | ({"PYTHONPATH": folders} if folders else {})


def prepare(environment: Mapping[str, str]) -> None:
    """Run the project's own commands that make sources, as sessions do."""
    for command in LAYOUT.prepare:
        program = shutil.which(command[0], path=environment["PATH"])
        words = " ".join(command)
        if program is None:
            raise Exit(f"{words}: there is no {command[0]}; install it", code=2)
        done = subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            where = "pyproject.toml: [tool.docent] prepare"
            raise Exit(f"{words} failed: see above; {where}", code=2)


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
