"""One build at a time in a checkout: they share the generated folders.

A build that another one starts while it runs, as some extensions do, works under its parent's lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sphinx.util import logging

from ..errors import DocentError
from ..files import write_whole

logger = logging.getLogger(__name__)

VARIABLE = "DOCENT_BUILD_LOCK"
"""Environment variable that tells a build's own processes which locks they work under, and whose
these are: ``PROCESS=FILE``, several with the separator of paths between.
"""


class BuildLock:
    """Held from before the galleries are touched to the end of the build.

    :param folder: the state folder of the checkout.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "build.lock"
        self._holder = folder / "build.lock.json"
        self._lock = FileLock(self._file)

    def acquire(self, timeout: float) -> None:
        """Wait for the other build, if there is one, and say for whom.

        :param timeout: seconds.
        :raises DocentError: the other build has not ended by then.
        """
        if self._is_inherited():
            return
        make_state_folder(self._file.parent)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            other = self._other()
            logger.info("another build is running in this checkout (%s); waiting for it", other)
            self._wait(timeout)
        _set_inherited([*_inherited(), f"{os.getpid()}={self._file}"])
        with contextlib.suppress(OSError):
            holder = {"process": os.getpid(), "since": time.time()}
            write_whole(self._holder, json.dumps(holder).encode())

    def release(self) -> None:
        """Let the next build begin. The end of the process does so, too."""
        if self._lock.is_locked:
            mine = f"{os.getpid()}={self._file}"
            _set_inherited([entry for entry in _inherited() if entry != mine])
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _wait(self, timeout: float) -> None:
        try:
            self._lock.acquire(timeout=timeout)
        except Timeout:
            raise DocentError(
                f"docent_lock_timeout: another build ({self._other()}) has not ended in"
                f" {timeout:g} s: end it, or wait longer"
            ) from None

    def _is_inherited(self) -> bool:
        """Whether the build that has started this one holds the lock, still."""
        return f"{self._held_by().get('process')}={self._file}" in _inherited()

    def _held_by(self) -> dict[str, Any]:
        try:
            holder = json.loads(self._holder.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return holder if isinstance(holder, dict) else {}

    def _other(self) -> str:
        """Who holds the lock, and since when."""
        try:
            holder = self._held_by()
            since = datetime.fromtimestamp(float(holder["since"]))
            return f"process {int(holder['process'])}, since {since:%H:%M:%S}"
        except (ValueError, LookupError, TypeError, OverflowError, OSError):
            return "of an unknown process"


def make_state_folder(folder: Path) -> None:
    """Make the folder, which git passes over wherever it lies."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / ".gitignore", b"*\n")


def _inherited() -> list[str]:
    """The locks that this process's build, or the one that has started it, holds."""
    return [entry for entry in os.environ.get(VARIABLE, "").split(os.pathsep) if entry]


def _set_inherited(entries: list[str]) -> None:
    if entries:
        os.environ[VARIABLE] = os.pathsep.join(entries)
    else:
        os.environ.pop(VARIABLE, None)
