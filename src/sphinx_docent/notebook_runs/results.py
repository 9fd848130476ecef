"""Which notebooks are known to run, so that none is executed twice for nothing.

A run depends on the notebook's bytes, on Python and the platform, and on what is installed where
it ran. Each result is one small file, named by the digest of all that; only good ones are kept.
A file that is damaged is no result. What an index gives to those who ask for no version depends on
the day: such a result expires. What was found in a notebook's text is kept in the same way.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from ..cache.entry import digest
from ..files import write_whole
from ..machine.interpreter import interpreter
from ..model import Result, Status

_FORMAT = 2
_KEPT = 4000

Leftover = tuple[int, int, str, str]
"""Number of the cell, row in it, kind, text."""


class NotebookResults:
    """A folder of results.

    :param folder: is made when the first result is kept.
    :param expires: seconds after which a run that is not pinned counts no more.
    :param now: seconds since the epoch.
    """

    def __init__(self, folder: Path, expires: float, now: float) -> None:
        self.folder = folder
        self._expires = expires
        self._now = now

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

    def load(self, key: str, *, is_pinned: bool) -> Result | None:
        """The result of a run that was good, if there is one.

        :param is_pinned: whether what the notebook installs is the same on every day.
        """
        body = self._load(key)
        try:
            if body is None or not (is_pinned or self._is_fresh(float(body["time"]))):
                return None
            return Result(Status.PASSED, float(body["seconds"]), int(body["peak_memory"]))
        except (ValueError, LookupError, TypeError):
            return None

    def is_expired(self, key: str) -> bool:
        """Whether there is a result that only its age keeps from counting."""
        return self.load(key, is_pinned=True) is not None

    def keep(self, key: str, result: Result) -> None:
        """Remember a good run."""
        seconds, memory = result.seconds, result.peak_memory
        self._keep(key, {"seconds": seconds, "peak_memory": memory, "time": self._now})

    def leftovers(self, notebook: bytes, find: Callable[[], Iterable[Leftover]]) -> list[Leftover]:
        """What of a notebook's text is no Markdown; it is looked for once.

        :param find: looks for it: number of the cell, row in it, kind, text.
        """
        key = digest({"text of": hashlib.sha256(notebook).hexdigest(), "by": _FORMAT})
        body = self._load(key)
        try:
            if body is not None:
                return [(int(a), int(b), str(c), str(d)) for a, b, c, d in body["leftovers"]]
        except (ValueError, LookupError, TypeError):
            pass
        found = list(find())
        self._keep(key, {"leftovers": found})
        return found

    def prune(self) -> None:
        """Remove the results that were not used for longest, if there are many."""
        files = sorted(self.folder.glob("??/*.json"), key=lambda file: file.lstat().st_mtime_ns)
        for file in files[:-_KEPT]:
            file.unlink(missing_ok=True)

    def _is_fresh(self, time: float) -> bool:
        return 0 <= self._now - time < self._expires

    def _load(self, key: str) -> Mapping[str, Any] | None:
        file = self._file(key)
        try:
            if file.is_symlink():
                return None
            data = json.loads(file.read_bytes())
            if data["key"] != key or data["sha256"] != digest(data["result"]):
                return None
            body: Mapping[str, Any] = data["result"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return body

    def _keep(self, key: str, body: Mapping[str, Any]) -> None:
        data = {"key": key, "result": body, "sha256": digest(body)}
        write_whole(self._file(key), json.dumps(data).encode())

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    @cached_property
    def _here(self) -> dict[str, object]:
        installed = {
            f"{entry.metadata['Name']} {entry.version}" for entry in metadata.distributions()
        }
        return {**interpreter(), "distributions": sorted(installed)}
