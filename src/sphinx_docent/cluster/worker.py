"""What a build has done in a Dask worker's own process: files kept, a server looked after.

The functions are called by Dask with plain data; none of them executes anything of the project.
What the worker holds lies in its local directory, and goes with it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..files import write_whole
from .bundle import inside, unpack_project
from .environment import installation_folders, own_environment
from .sidecar import Sidecar

_LEASE = 30.0
"""Seconds after which a build that says nothing is gone."""


class _Build:
    """A project as one build has sent it, and the server that executes its tutorials."""

    def __init__(self, folder: Path, setup: Mapping[str, Any]) -> None:
        self.folder = folder
        self.shown = [
            (str(folder / "tree"), setup["root"]),
            *((path, setup["installed"][name]) for name, path in installation_folders().items()),
        ]
        self.heard = time.monotonic()
        self.server = self.new_server()
        self.lock = threading.Lock()
        self.sweeper = ThreadPoolExecutor(1, "docent-sweeper")

    def is_wanted(self) -> bool:
        return time.monotonic() < self.heard + _LEASE

    def new_server(self) -> Sidecar:
        server = _spare_of(self.folder.parents[1], pop=True)
        server.begin(self.folder, self.is_wanted)
        return server

    def perform(self, order: Mapping[str, Any]) -> dict[str, Any]:
        with self.lock:
            if self.server.has_ended and self.server.was_ready and self.is_wanted():
                self.server = self.new_server()
            server = self.server
        event = server.perform(order)
        if event is None:
            return {"unfit" if not server.was_ready else "lost": server.last_words()}
        self.sweeper.submit(shutil.rmtree, event.pop("base"), ignore_errors=True)
        target = inside(self.folder / "tree", order["target_dir"])
        files = {}
        for name in event.pop("files"):
            path = inside(target, name)
            data = path.read_bytes()
            path.unlink()
            files[name] = self.as_there(data) if name.endswith(".rst") else data
        return {"event": self.as_there(event), "files": files}

    def as_there(self, value: Any) -> Any:
        """What was seen here, as if it had been seen where the build is."""
        if isinstance(value, str):
            for here, there in self.shown:
                value = value.replace(here, there)
        elif isinstance(value, bytes):
            for here, there in self.shown:
                value = value.replace(here.encode(), there.encode())
        elif isinstance(value, dict):
            return {name: self.as_there(part) for name, part in value.items()}
        elif isinstance(value, list):
            return [self.as_there(part) for part in value]
        return value

    def close(self) -> None:
        self.heard = 0.0
        self.sweeper.shutdown(wait=False, cancel_futures=True)
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_builds: dict[tuple[str, str], _Build] = {}
_spares: dict[Path, Sidecar] = {}


def dask_setup(worker: Any) -> None:
    """Have a server wait for its project: what Dask calls in a module that it preloads."""
    _spare_of(_folder(worker).resolve())


def _spare_of(base: Path, *, pop: bool = False) -> Sidecar:
    """A worker's server that waits for its project.

    :param pop: whether it gets one now.
    """
    spare = _spares.pop(base, None)
    if spare is None or spare.has_ended:
        spare = Sidecar(base / "logs" / f"{time.monotonic_ns()}.log")
    if not pop:
        _spares[base] = spare
    return spare


def describe() -> dict[str, str]:
    """The worker's environment."""
    return own_environment()


async def lacking(digests: Sequence[str], dask_worker: Any) -> list[str]:
    """Those of the digests whose content the worker does not have yet."""
    folder = _folder(dask_worker) / "blobs"
    return [digest for digest in digests if not (folder / digest).is_file()]


async def keep(blobs: Mapping[str, bytes], dask_worker: Any) -> None:
    """Keep what digests stand for."""

    def write() -> None:
        for digest, data in blobs.items():
            if hashlib.sha256(data).hexdigest() == digest:
                write_whole(_folder(dask_worker) / "blobs" / digest, data)

    await asyncio.to_thread(write)


async def open_build(
    build: str,
    manifest: Mapping[str, tuple[str, int]],
    folders: Sequence[str],
    setup: Mapping[str, Any],
    dask_worker: Any,
) -> None:
    """Lay out a build's project, and start the server that executes its tutorials.

    :param manifest: see :class:`sphinx_docent.cluster.bundle.Bundle`.
    :param folders: that are there, too, without content.
    """
    base = _folder(dask_worker).resolve()
    folder = base / "builds" / build

    def lay_out() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        blobs = base / "blobs"
        unpack_project(manifest, lambda digest: (blobs / digest).read_bytes(), folder / "tree")
        for name in folders:
            inside(folder / "tree", name).mkdir(parents=True, exist_ok=True)
        (folder / "setup.json").write_text(json.dumps(setup), encoding="utf-8")

    await asyncio.to_thread(_forget_silent_builds)
    await asyncio.to_thread(lay_out)
    _builds[str(base), build] = _Build(folder, setup)


async def renew(build: str, dask_worker: Any) -> None:
    """Hear that a build goes on."""
    known = _builds.get((str(_folder(dask_worker).resolve()), build))
    if known is not None:
        known.heard = time.monotonic()


async def close_build(build: str, dask_worker: Any) -> None:
    """End a build's server and all that it has started, and remove the project."""
    base = _folder(dask_worker).resolve()
    known = _builds.pop((str(base), build), None)
    if known is not None:
        await asyncio.to_thread(known.close)
        _spare_of(base)


def perform(build: str, order: Mapping[str, Any]) -> dict[str, Any]:
    """Have a tutorial executed; a task of Dask.

    :returns: ``event`` and ``files``, as if they came from the build's own machine; or why there
        are none: ``unfit``, the configuration cannot be read here; ``lost``, the server ended.
    """
    from distributed import get_worker

    known = _builds.get((str(_folder(get_worker()).resolve()), build))
    if known is None:
        return {"lost": "the worker knows nothing of this build any more"}
    return known.perform(order)


def _folder(worker: Any) -> Path:
    return Path(worker.local_directory) / "docent"


def _forget_silent_builds() -> None:
    """Remove what builds have left that were killed."""
    for key, known in list(_builds.items()):
        if not known.is_wanted():
            _builds.pop(key).close()
