"""What a worker sends back of a tutorial, checked where it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..cache.entry import checked_name
from ..execution.jobs import JobEnded


@dataclass(frozen=True, slots=True)
class Executed:
    """A tutorial's process has ended, one way or the other.

    :param event: as if it had run where the build is.
    :param files: of its page, by name relative to the page's folder.
    """

    event: JobEnded
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Unfit:
    """The worker cannot read the project's configuration."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The server that executed the tutorial has ended."""


def encode_reply(event: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The reply of a tutorial that was executed."""
    return {"event": event, "files": files}


def encode_problem(words: str, *, was_ready: bool) -> dict[str, Any]:
    """The reply of one that was not.

    :param was_ready: whether the server had read the configuration.
    """
    return {"lost" if was_ready else "unfit": words}


def read_reply(data: Mapping[str, Any], stem: str) -> Executed | Unfit | Lost:
    """What a worker has sent.

    :param stem: of the tutorial's file name.
    :raises ValueError: it is none, or holds a file that is not the tutorial's.
    """
    if "unfit" in data:
        return Unfit(str(data["unfit"]))
    if "lost" in data:
        return Lost()
    event, files = data["event"], data["files"]
    kinds = {"elapsed": float, "late": bool, "code": int, "tail": str}
    if not all(isinstance(event.get(name), kind) for name, kind in kinds.items()):
        raise ValueError("not the end of a tutorial")
    return Executed(
        cast(JobEnded, event), {checked_name(name, stem): bytes(files[name]) for name in files}
    )
