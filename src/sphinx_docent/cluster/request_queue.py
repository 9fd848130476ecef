"""The tutorials that a worker has asked its server for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..execution.child import ExecutionRequest
from ..execution.jobs import Job
from ..gallery.page_files import page_files
from .bundle import inside


class RequestQueue:
    """A source of jobs: see :class:`sphinx_docent.execution.jobs.JobSource`.

    :param tree: what stands for the repository.
    :param work: where working folders are made.
    :param excluded: folders of the tree that are no one's input.
    :param watched: folders and files of distributions that count by content.
    """

    def __init__(
        self, tree: Path, work: Path, excluded: tuple[str, ...], watched: tuple[str, ...]
    ) -> None:
        self.requests: list[ExecutionRequest] = []
        self._tree = tree
        self._work = work
        self._excluded = excluded
        self._watched = watched

    def job(self, message: dict[str, Any]) -> Job:
        """Note what is to be done.

        :param message: see :func:`sphinx_docent.cluster.project_setup.request_for`.
        """
        request = ExecutionRequest(
            source=inside(self._tree, message["source"]),
            target_dir=inside(self._tree, message["target_dir"]),
            root=self._tree,
            base=self._work / str(len(self.requests)),
            linked=tuple(inside(self._tree, name) for name in message["linked"]),
            excluded=self._excluded,
            watched=self._watched,
        )
        request.target_dir.mkdir(parents=True, exist_ok=True)
        self.requests.append(request)
        return Job(str(request.base), message["timeout"])

    def details(self, index: int) -> dict[str, Any]:
        """Which files of its page are there, and what the worker is to remove.

        To remove the many links of a working folder can take longer than a short tutorial.
        """
        request = self.requests[index]
        files = page_files(request.target_dir / request.source.name)
        names = [path.relative_to(request.target_dir).as_posix() for path in files]
        return {"files": names, "base": str(request.base)}
