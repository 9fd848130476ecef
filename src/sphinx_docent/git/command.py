"""Runs git: in English, without questions, and without the caller's own repository in its way."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from .errors import GitMissingError


def run_git(*words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers to a command.

    :param variables: of the environment, beside those that are there.
    :raises GitMissingError: there is no git.
    """
    return subprocess.run(
        _command(words),
        env=_environment(os.environ) | variables,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def feed_git(*words: str, stream: Iterable[bytes]) -> subprocess.CompletedProcess[bytes]:
    """The same, for a command that reads; what it prints is not kept, except complaints.

    :raises GitMissingError: there is no git.
    """
    with subprocess.Popen(
        _command(words),
        env=_environment(os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None  # noqa: S101
        assert process.stderr is not None  # noqa: S101
        try:
            with process.stdin as written:
                for chunk in stream:
                    written.write(chunk)
        except BrokenPipeError:
            pass  # it has ended, and says why
        complaint = process.stderr.read()
    return subprocess.CompletedProcess(process.args, process.returncode, b"", complaint)


def ask_git(folder: Path, *words: str) -> bytes | None:
    """What git answers about the repository that a folder is in; ``None`` if it does not."""
    try:
        done = run_git("-C", str(folder), *words)
    except GitMissingError:
        return None
    return None if done.returncode else done.stdout


def _command(words: Iterable[str]) -> list[str]:
    if shutil.which("git") is None:
        raise GitMissingError("git is missing: install it")
    return ["git", *words]


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Variables under which git speaks English, asks nothing, traces nothing."""
    kept = {
        name: value
        for name, value in environ.items()
        if not name.startswith(("GIT_TRACE", "GIT_CURL_VERBOSE"))
        and name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
    }
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
