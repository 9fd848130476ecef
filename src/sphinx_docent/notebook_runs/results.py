"""Which notebooks are known to run, so that none is executed twice for nothing.

A run depends on the notebook's bytes, on Python and the platform, and on what is installed where
it ran. Each result is one small file, named by the digest of all that; only good ones are kept.
A file that is damaged is no result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from functools import cached_property
from importlib import metadata
from pathlib import Path

from ..cache.entry import digest
from ..files import write_whole
from ..machine.interpreter import interpreter
from ..model import Result, Status

_FORMAT = 1
_KEPT = 2000


class NotebookResults:
    """A folder of results.

    :param folder: is made when the first result is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, notebook: bytes, *, expected_to_fail: bool) -> str:
        """What a run depends on, as a name."""
        return digest(
            {
                "format": _FORMAT,
                "notebook": hashlib.sha256(notebook).hexdigest(),
                "expected to fail": expected_to_fail,
                **self._here,
            }
        )

    def load(self, key: str) -> Result | None:
        """The result of a run that was good, if there is one."""
        file = self._file(key)
        try:
            if file.is_symlink():
                return None
            data = json.loads(file.read_bytes())
            if data["key"] != key or data["sha256"] != digest(data["result"]):
                return None
            seconds = float(data["result"]["seconds"])
            result = Result(Status.PASSED, seconds, int(data["result"]["peak_memory"]))
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return result

    def keep(self, key: str, result: Result) -> None:
        """Remember a good run."""
        body = {"seconds": result.seconds, "peak_memory": result.peak_memory}
        data = {"key": key, "result": body, "sha256": digest(body)}
        write_whole(self._file(key), json.dumps(data).encode())

    def prune(self) -> None:
        """Remove the results that were not used for longest, if there are many."""
        files = sorted(self.folder.glob("??/*.json"), key=lambda file: file.lstat().st_mtime_ns)
        for file in files[:-_KEPT]:
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    @cached_property
    def _here(self) -> dict[str, object]:
        installed = {
            f"{entry.metadata['Name']} {entry.version}" for entry in metadata.distributions()
        }
        return {**interpreter(), "distributions": sorted(installed)}
