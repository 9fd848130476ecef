"""The words of the project as data: tutorials, steps, plans, results, diagnostics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CUDA = "cuda"
"""The requirement that a machine with an NVIDIA GPU meets."""


class Action(StrEnum):
    """What the plan decides for a tutorial."""

    EXECUTE = "execute"
    RESTORE = "restore"
    RENDER = "render"
    SKIP = "skip"


class Status(StrEnum):
    """How a tutorial ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """An entry of ``docent_known_failures``: tutorials that are broken for now.

    :param pattern: searched in a tutorial's path.
    :param reason: why they are broken.
    :param issue: where that is followed: an address or a name, or empty.
    :param until: the last day on which the failure is accepted; ``None``: any day.
    """

    pattern: re.Pattern[str]
    reason: str
    issue: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tutorial:
    """One gallery script.

    :param path: POSIX path from the repository root, with a leading slash.
    :param source: the script.
    :param target_dir: the generated folder that its page is written to.
    :param page: the docname of its page.
    :param requires: devices and packages that it needs, sorted.
    :param timeout: seconds that it may take, ``None`` for the project's default.
    :param inputs: patterns of files that it declares to use, relative to its folder.
    :param memory: bytes that it declares to need, ``None`` where it declares none.
    :param alone: whether nothing may execute beside it.
    :param known_failure: why it is expected to fail; ``None`` if it is not.
    """

    path: str
    source: Path
    target_dir: Path
    page: str
    requires: tuple[str, ...] = ()
    timeout: float | None = None
    inputs: tuple[str, ...] = ()
    memory: int | None = None
    alone: bool = False
    known_failure: KnownFailure | None = None

    @property
    def target(self) -> Path:
        """The copy of the script that sphinx-gallery keeps beside the page."""
        return self.target_dir / self.source.name


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a tutorial's script.

    :param code: ``None`` for text.
    :param line: where it begins, 1-based.
    """

    code: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one tutorial, and why.

    :param missing: the requirements that this machine lacks (of a skipped tutorial).
    """

    tutorial: Tutorial
    action: Action
    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A warning that producing a page emitted, in a form that can be kept.

    :param location: ``path``, ``path:line``, or empty.
    """

    text: str
    type: str
    subtype: str
    location: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a tutorial failed.

    :param line: line of the tutorial, 1-based, or ``None`` where it is not known.
    :param traceback: text, empty where there is none (the process died).
    """

    message: str
    line: int | None
    traceback: str


@dataclass(frozen=True, slots=True)
class Result:
    """What producing one page gave.

    :param seconds: wall-clock time of the execution, 0 if nothing was executed.
    :param peak_memory: bytes, 0 if nothing was executed.
    :param network: whether a network connection was opened.
    :param isolation: ``"namespace"`` or ``"copy"``, how it was kept from harming anything else;
        ``None`` if nothing was executed.
    :param observation: ``"complete"`` if every file that was opened was seen, by whomever;
        ``"python"`` if only Python told; ``"incomplete"`` if some cannot have been seen.
    :param processes: whether it started others.
    :param layout: digest of the settings that only shape the page, as it was generated.
    :param is_shown: whether the page itself shows the failure, if there is one.
    """

    status: Status
    seconds: float = 0.0
    peak_memory: int = 0
    failure: Failure | None = None
    messages: tuple[Message, ...] = ()
    network: bool = False
    isolation: str | None = None
    observation: str | None = None
    processes: bool | None = None
    layout: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class CacheUse:
    """What a build did with the cache.

    :param folder: relative to the repository's root where it lies in it.
    :param remote: URL of the shared cache, without credentials; ``None`` if there is none.
    :param fetched: how many results came from there.
    :param sent: how many were stored there.
    :param problem: the first thing that went wrong there.
    """

    folder: str
    remote: str | None = None
    fetched: int = 0
    sent: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One thing that is wrong in the documentation.

    :param file: path from the repository root where that is possible, empty if unknown.
    :param line: 1-based, 0 if unknown.
    :param category: Sphinx's ``type.subtype`` of the warning, as in ``suppress_warnings``.
    """

    file: str
    line: int
    category: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where or 'documentation'}: [{self.category or 'other'}] {self.message}"


@dataclass(frozen=True, slots=True)
class IgnoredWarning:
    """An entry of ``docent_ignored_warnings``.

    :param pattern: searched in ``[category] message``.
    :param file: the diagnostic's file must end with it; ``None`` for any file.
    :param reason: why it may be ignored.
    """

    pattern: re.Pattern[str]
    file: str | None
    reason: str
