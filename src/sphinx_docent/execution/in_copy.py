"""Surroundings of tutorials where nothing better is allowed: each works in a copy of its folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..gallery.configuration import GalleryConf
from .child import ExecutionRequest, execute_tutorial
from .isolation.upper import remove
from .workspace import Workspace, copy_folder

COPY = "copy"


class InCopies:
    """Makes places for tutorials.

    :param request: of the job of an index.
    :param reason: why nothing better is done.
    """

    def __init__(
        self, request: Callable[[int], ExecutionRequest], conf: GalleryConf, reason: str
    ) -> None:
        self._request = request
        self._reason = reason
        self._conf = conf

    def place(self, index: int, slot: int) -> InCopy:
        """A place in a copy, which the process makes itself."""
        request = self._request(index)
        remove(request.base)  # it was tried before, where it is there
        return InCopy(request, self._conf, self._reason)

    def tidy(self) -> None:
        """Whoever has asked for the tutorial removes the copy."""


class InCopy:
    """A place in a copy."""

    fd: int | None = None

    def __init__(self, request: ExecutionRequest, conf: GalleryConf, reason: str) -> None:
        self._request = request
        self._reason = reason
        self._conf = conf

    def drain(self) -> None:
        """There is nothing."""

    def enter(self) -> None:
        """The process works in the copy that it makes."""

    def carry_out(self) -> dict[str, Any]:
        """Execute the tutorial in a copy of its folder."""
        request = self._request
        base = request.base
        workspace = Workspace(
            base, base / "tree", request.root, request.source.parent, request.excluded
        )
        copy_folder(workspace, request.linked)
        return execute_tutorial(request, self._conf, workspace)

    def leave(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Tell where it was."""
        return {"isolation": COPY, "reason": self._reason, "problem": "", "events": None}
