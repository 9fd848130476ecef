"""One build at a time in a checkout: they share the generated folders."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sphinx.util import logging

logger = logging.getLogger(__name__)


class BuildLock:
    """Held from before the galleries are touched to the end of the build.

    :param folder: the state folder of the checkout.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "build.lock")

    def acquire(self) -> None:
        """Wait for the other build, if there is one, and say so."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            logger.info("another build is running in this checkout; waiting for it to end")
            self._lock.acquire()

    def release(self) -> None:
        """Let the next build begin. The end of the process does so, too."""
        self._lock.release()
