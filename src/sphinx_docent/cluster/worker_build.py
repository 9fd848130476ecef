"""A project as one build has sent it to a worker, and the server that executes its tutorials."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .bundle import inside
from .lease import Lease
from .path_translation import translation_to
from .project_setup import ProjectSetup
from .reply import encode_problem, encode_reply
from .sidecar import Sidecar
from .spare_servers import take_spare


class WorkerBuild:
    """From :func:`.worker.open_build` to :func:`.worker.close_build`.

    :param folder: of the build, in the worker's own.
    """

    def __init__(self, folder: Path, setup: ProjectSetup) -> None:
        self.lease = Lease()
        self._folder = folder
        self._translation = translation_to(setup.root, setup.installed, folder / "tree")
        self._lock = threading.Lock()
        self._remover = ThreadPoolExecutor(1, "docent-remover")
        self._server = self._new_server()

    def perform(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Have a tutorial executed.

        :returns: see :mod:`sphinx_docent.cluster.reply`.
        """
        with self._lock:
            if self._server.has_ended and self._server.was_ready and self.lease.is_valid():
                self._server = self._new_server()
            server = self._server
        event = server.perform(request)
        if event is None:
            return encode_problem(server.last_words(), was_ready=server.was_ready)
        details = event["details"]
        self._remover.submit(shutil.rmtree, details["base"], ignore_errors=True)
        target = inside(self._folder / "tree", request["target_dir"])
        files = {name: self._take_file(inside(target, name)) for name in details["files"]}
        return encode_reply(self._translation.data({**event, "details": {}}), files)

    def close(self) -> None:
        """End the server with all that it has started, and remove the project."""
        self.lease.end()
        self._remover.shutdown(wait=False, cancel_futures=True)
        self._server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _new_server(self) -> Sidecar:
        server = take_spare(self._folder.parents[1])
        server.begin(self._folder, self.lease.is_valid)
        return server

    def _take_file(self, path: Path) -> bytes:
        data = path.read_bytes()
        path.unlink()
        return self._translation.content(data) if path.suffix == ".rst" else data
