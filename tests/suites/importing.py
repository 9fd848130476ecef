"""The package under test as both suites find it: by ``PYTHONPATH``, from any folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Any

_IMPORT = "import sphinx_gallery.gen_gallery, sphinx_docent"


def absolute(paths: str) -> str:
    """``PYTHONPATH`` for programs that run in other folders."""
    return os.pathsep.join(os.path.abspath(path) for path in paths.split(os.pathsep) if path)


def obstacle(python: str, env: Mapping[str, str], uid: int | None = None) -> str:
    """Why an interpreter cannot build with the package under test, in a line; empty: it can.

    :param env: its environment.
    :param uid: of the user who builds; ``None``: who asks.
    """
    user: dict[str, Any] = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    command = [python, "-P", "-c", _IMPORT]  # not from the current folder
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, **user)
    except OSError as error:
        return f"cannot run {python} ({error.strerror}): give another one with --python"
    if done.returncode == 0:
        return ""
    reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return (
        f"{python} cannot import the package under test ({reason}):"
        " set PYTHONPATH to the repository's src, and --python to an interpreter that has Sphinx"
        " and sphinx-gallery"
    )
