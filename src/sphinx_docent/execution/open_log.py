"""Which files and folders of the repository a process opens by Python, told to others as it does.

Where tutorials share one view of the repository, what the kernel sees is known of all of them
together. This tells which of it was whose; the rest was opened by C code or by other programs.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_MOST = 64 * 2**20  # bytes of a log that are read


class OpenLog:
    """Writes each name before it is opened, by forked processes as well, until it is inactive.

    :param file: is written to if it is there.
    :param root: the repository's root.
    :param copy: what stands for it; ``None``: nothing does, and forked processes are not meant.
    """

    def __init__(self, file: Path, root: Path, copy: Path | None = None) -> None:
        self.is_active = True
        self._process = os.getpid() if copy is None else None
        self._getpid = os.getpid
        self._file = os.fspath(file)
        self._root = f"{root}{os.sep}"
        self._copy = f"{copy}{os.sep}" if copy is not None else self._root
        self._real: dict[str, str] = {}
        self._realpath, self._abspath = os.path.realpath, os.path.abspath
        self._open, self._write, self._close = os.open, os.write, os.close
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("open", "os.listdir", "os.scandir") or not self.is_active:
            return
        path = arguments[0]
        if isinstance(path, int) or self._process not in (None, self._getpid()):
            return
        try:
            name = self._abspath(os.fsdecode(path) if path is not None else ".")
        except (OSError, TypeError, ValueError):
            return
        if not name.startswith((self._root, self._copy)) and f"{name}{os.sep}" != self._root:
            return
        self._append(os.fsencode(self._resolved(name)) + b"\0")

    def _resolved(self, name: str) -> str:
        folder, last = os.path.split(name)
        if folder not in self._real:
            self._real[folder] = self._realpath(folder)
        path = os.path.join(self._real[folder], last)
        return self._realpath(path) if os.path.islink(path) else path

    def _append(self, data: bytes) -> None:
        self.is_active = False
        try:
            handle = self._open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        except OSError:
            return
        finally:
            self.is_active = True
        try:
            self._write(handle, data)
        finally:
            self._close(handle)


class OpenLogReader:
    """Reads what an :class:`OpenLog` writes. Makes the file."""

    def __init__(self, file: Path) -> None:
        self.paths: list[str] = []
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        self._file = file.open("rb")
        self._rest = b""

    def refresh(self) -> int:
        """Read what is new.

        :returns: how many openings are known.
        """
        if not self._file.closed and self._file.tell() < _MOST:
            *lines, self._rest = (self._rest + self._file.read(_MOST)).split(b"\0")
            self.paths += map(os.fsdecode, lines)
        return len(self.paths)

    def since(self, count: int) -> Counter[str]:
        """How often what was opened after so many others."""
        return Counter(self.paths[count:])

    def close(self) -> None:
        """No more will come."""
        self.refresh()
        self._file.close()
