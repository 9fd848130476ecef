"""How far a build has come: what each stage knows, and hands to the next.

A stage is made once, from the one before, and never changes. The latest one is all that is kept
from one event of Sphinx to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..cache.inputs import Inputs
from ..cache.store import Cache, Entry
from ..diagnostics.collector import DiagnosticCollector
from ..model import Result, Step, Tutorial
from ..planning.shards import Shard
from ..reports.outcome import Outcome, Span
from ..settings import Settings
from ..site.notebook_options import NotebookOptions
from .context import BuildContext
from .galleries import Galleries
from .lock import BuildLock


@dataclass(frozen=True, slots=True)
class Prepared:
    """The configuration is read and checked, and warnings are seen: from ``config-inited`` on.

    :param root: of the repository.
    :param state: the folder of reports and kept results.
    :param started: seconds since the epoch.
    :param sources: the files that every generated page is made from; known when the galleries are
        discovered, while warnings may come before.
    :param thread_limits: variables that were set to a tutorial's share of the cores.
    :param notebooks: what all notebooks have in common.
    :param unexecuted: the tutorials without pictures; known when all pages are produced.
    """

    settings: Settings
    root: Path
    state: Path
    started: float
    collector: DiagnosticCollector
    sources: dict[Path, list[Path]]
    unexecuted: list[Tutorial]
    lock: BuildLock
    thread_limits: tuple[str, ...]
    notebooks: NotebookOptions


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done with each tutorial.

    :param entries: of the tutorials that have a valid result.
    :param shard: which part of the work is this job's; ``None``: all of it.
    """

    galleries: Galleries
    context: BuildContext
    steps: Sequence[Step]
    entries: Mapping[Tutorial, Entry]
    shard: Shard | None


@dataclass(frozen=True, slots=True)
class Produced:
    """Every page lies in its place, from ``builder-inited`` on.

    :param cache: is open until the build has ended.
    :param pages: what was done, by page; a damaged result was executed in place of being restored.
    :param results: by the tutorial's path.
    :param used: what the tutorials that have a valid result were seen to use.
    """

    prepared: Prepared
    galleries: Galleries
    cache: Cache
    shard: Shard | None
    pages: Mapping[str, Step]
    results: Mapping[str, Result]
    used: Mapping[Tutorial, Inputs]
    spans: Sequence[Span]

    @property
    def steps(self) -> list[Step]:
        """What was done, in the tutorials' order."""
        return list(self.pages.values())


@dataclass(frozen=True, slots=True)
class Concluded:
    """The site is written and everything is said, from ``build-finished`` on."""

    produced: Produced
    outcome: Outcome


Stage = Prepared | Produced | Concluded | None
"""``None`` before the configuration is read."""
