"""What a build has done in a Dask worker's own process.

The functions are called by Dask with plain data; none of them executes anything of the project.
What the worker holds lies in its local directory, and goes with it.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..files import write_whole
from .bundle import inside, unpack_project
from .environment import own_environment
from .project_setup import ProjectSetup
from .reply import encode_problem
from .spare_servers import keep_spare
from .worker_build import WorkerBuild

_builds: dict[tuple[str, str], WorkerBuild] = {}
"""The builds that this process takes part in, by the worker's folder and the build's name."""


def dask_setup(worker: Any) -> None:
    """Have a server wait for its project: what Dask calls in a module that it preloads."""
    keep_spare(_folder(worker))


def describe() -> dict[str, str]:
    """The worker's environment."""
    return own_environment()


async def lacking(digests: Sequence[str], dask_worker: Any) -> list[str]:
    """Those of the digests whose content the worker does not have yet."""
    folder = _folder(dask_worker) / "blobs"
    return [digest for digest in digests if not (folder / digest).is_file()]


async def keep(blobs: Mapping[str, bytes], dask_worker: Any) -> None:
    """Keep what digests stand for."""
    folder = _folder(dask_worker) / "blobs"

    def write() -> None:
        for digest, data in blobs.items():
            if hashlib.sha256(data).hexdigest() == digest:
                write_whole(folder / digest, data)

    await asyncio.to_thread(write)


async def open_build(
    build: str, manifest: Mapping[str, tuple[str, int]], setup: str, dask_worker: Any
) -> None:
    """Lay out a build's project, and start the server that executes its tutorials.

    :param manifest: see :class:`sphinx_docent.cluster.bundle.Bundle`.
    :param setup: a :class:`sphinx_docent.cluster.project_setup.ProjectSetup`, as JSON.
    """
    base = _folder(dask_worker)
    folder = base / "builds" / build
    project = ProjectSetup.from_json(setup)

    def lay_out() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        blobs = base / "blobs"
        unpack_project(manifest, lambda digest: (blobs / digest).read_bytes(), folder / "tree")
        for name in project.made:
            inside(folder / "tree", name).mkdir(parents=True, exist_ok=True)
        (folder / "setup.json").write_text(setup, encoding="utf-8")

    await asyncio.to_thread(_forget_silent_builds)
    await asyncio.to_thread(lay_out)
    _builds[str(base), build] = WorkerBuild(folder, project)


async def renew(build: str, dask_worker: Any) -> None:
    """Hear that a build goes on."""
    known = _builds.get((str(_folder(dask_worker)), build))
    if known is not None:
        known.lease.renew()


async def close_build(build: str, dask_worker: Any) -> None:
    """End a build's server and all that it has started, and remove the project."""
    base = _folder(dask_worker)
    known = _builds.pop((str(base), build), None)
    if known is not None:
        await asyncio.to_thread(known.close)
        keep_spare(base)


def perform(build: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """Have a tutorial executed; a task of Dask.

    :param request: see :func:`sphinx_docent.cluster.project_setup.request_for`.
    :returns: see :mod:`sphinx_docent.cluster.reply`.
    """
    from distributed import get_worker

    known = _builds.get((str(_folder(get_worker())), build))
    if known is None:
        return encode_problem("the worker knows nothing of this build any more", was_ready=True)
    return known.perform(request)


def _folder(worker: Any) -> Path:
    return (Path(worker.local_directory) / "docent").resolve()


def _forget_silent_builds() -> None:
    """Remove what builds have left that were killed."""
    for key, known in list(_builds.items()):
        if not known.lease.is_valid():
            _builds.pop(key).close()
