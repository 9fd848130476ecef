"""Environments of sessions: what their lock file says, with hashes, and what stands beside it."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path
from typing import NoReturn

import nox
from nox.command import CommandFailed

from .project import LAYOUT, ROOT
from .unhashed import fingerprint, installer_words, unhashed_file


def install(session: nox.Session, name: str) -> None:
    """Make the environment hold what ``NAME.txt`` says, and ``NAME-unhashed.txt``, and no more.

    A stamp in the environment keeps the digest of both, so that the same costs nothing again.
    """
    if sys.version_info[:2] < tuple(map(int, LAYOUT.python.split("."))):
        give_up(
            session,
            f"this is Python {sys.version_info[0]}.{sys.version_info[1]}, and the locks begin with"
            f" {LAYOUT.python}: run nox with that, as in uvx --python {LAYOUT.python} nox",
        )
    folders = [str(ROOT / folder) for folder in LAYOUT.pythonpath]
    session.env["PYTHONPATH"] = os.pathsep.join(folders) or None
    lock = Path(LAYOUT.requirements, f"{name}.txt")
    if not lock.is_file():
        give_up(session, f"{lock} is missing: run invoke freeze")
    beside = unhashed_file(lock)
    digest = hashlib.sha256(lock.read_bytes() + fingerprint(beside, ROOT)).hexdigest()
    stamp = session.env_dir / "installed.sha256"
    is_known = stamp.is_file() and stamp.read_text(encoding="ascii") == digest
    if is_known and is_of_this_python(session.env_dir):
        return
    stamp.unlink(missing_ok=True)
    log = session.env_dir / "install.log"
    log.unlink(missing_ok=True)
    done = attempt(session, lock, log, sync_command(session, lock))
    for words in installer_words(beside):
        done = attempt(session, beside, log, [*beside_command(session), *words]) and done
    if done:
        stamp.write_text(digest, encoding="ascii")


def attempt(session: nox.Session, source: Path, log: Path, command: list[str]) -> bool:
    """Run an installer; false where Nox was told to install nothing."""
    try:
        with log.open("a", encoding="utf-8") as file:
            return session.run_install(*command, stdout=file, external=True) is not None
    except CommandFailed:
        give_up(
            session,
            f"cannot install {source} ({first_error(log)});"
            f" see to the network or the lock and run this again; all of it is in {log}",
        )


def sync_command(session: nox.Session, lock: Path) -> list[str]:
    """Install the lock with uv, or else with pip into a new environment."""
    if session.venv_backend == "uv":
        if not is_of_this_python(session.env_dir):
            fresh = ["uv", "venv", "--clear", "--quiet", "--python", sys.executable]
            session.run_install(*fresh, str(session.env_dir), external=True, log=False)
        return ["uv", "pip", "sync", "--require-hashes", "--compile-bytecode", str(lock)]
    fresh = [sys.executable, "-m", "virtualenv", "--clear", "--quiet", str(session.env_dir)]
    session.run_install(*fresh, external=True, silent=True, log=False)
    return ["python", "-m", "pip", "install", "--require-hashes", "-r", str(lock)]


def is_of_this_python(environment: Path) -> bool:
    """Whether an environment was made with the version of Python that runs Nox."""
    file = environment / "pyvenv.cfg"
    text = file.read_text("utf-8") if file.is_file() else ""
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+)\.(\d+)", text, re.MULTILINE)
    return found is None or tuple(map(int, found.groups())) == sys.version_info[:2]


def beside_command(session: nox.Session) -> list[str]:
    """Install what has no hash; all that it depends on is in the lock."""
    if session.venv_backend == "uv":
        return ["uv", "pip", "install", "--no-deps", "--reinstall", "--compile-bytecode"]
    return ["python", "-m", "pip", "install", "--no-deps", "--force-reinstall"]


def run(session: nox.Session, *arguments: str, misuse: int) -> None:
    """Run the session's Python; the exit code ``misuse`` ends everything with 2."""
    try:
        session.run("python", *arguments)
    except CommandFailed as failure:
        if failure.return_code == misuse:
            raise SystemExit(2) from failure
        raise


def first_error(log: Path) -> str:
    """What the installer complained of, in one line."""
    marks = ("error", "cause", "\N{MULTIPLICATION SIGN}")
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines()]
    errors = [line for line in lines if line.lower().startswith(marks)]
    return "; ".join(errors[:2] or lines[-1:]) or "no reason given"


def give_up(session: nox.Session, message: str) -> NoReturn:
    """End everything with one line and exit code 2."""
    sys.stderr.write(f"{session.name}: {message}\n")
    raise SystemExit(2)
