"""One tutorial's own process: it sets itself up, writes the page, answers, and ends.

Whatever the tutorial does to its process ends with it.
"""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..gallery.configuration import GalleryConf
from ..gallery.generation import generate_page
from .answer import Answer, Observed, encode_answer
from .audit_hook import watch_audit_events
from .executed_page import refuse_long_page, tidy_page
from .guard import guard, signal_checks
from .import_hook import watch_imports
from .loaded_packages import newly_loaded, used_packages
from .log_handler import take_log
from .memory import peak_memory
from .observation import Observation, Observer
from .processes import TOKEN
from .tracebacks import PACKAGE, own_traceback, without_own_frames
from .workspace import Workspace
from .write_guard import WriteGuard, guard_unaudited


@dataclass(frozen=True, slots=True)
class ExecutionRequest:
    """What a child is to do.

    :param root: the repository's root.
    :param base: a folder for the child alone, which is not there yet.
    :param linked: other tutorials of the folder.
    :param excluded: folders of the repository that are no one's input.
    """

    source: Path
    target_dir: Path
    root: Path
    base: Path
    linked: tuple[Path, ...]
    excluded: tuple[str, ...]

    @property
    def page(self) -> Path:
        """The page that it is to write."""
        return self.target_dir / f"{self.source.stem}.rst"


def execute_tutorial(
    request: ExecutionRequest, conf: GalleryConf, workspace: Workspace
) -> dict[str, Any]:
    """Execute a tutorial and write its page. Called in a process of its own.

    :returns: an :class:`.answer.Answer` in a form that JSON holds.
    """
    _settle_in(request, workspace)
    source = workspace.work / request.source.name
    log = take_log()
    observer = _observe(request, workspace, source)
    seconds, failure = _generate(request, source, conf)
    seen = observer.finish()
    seen.files.discard(str(request.source))
    loaded = newly_loaded()
    seen.modules = used_packages(seen.modules)
    seen.files |= _project_files(loaded, seen.modules, workspace) - {str(request.source)}
    memory = peak_memory()
    failure = refuse_long_page(request.page) or failure
    tidy_page(request.page, workspace.work, request.source.parent)
    answer = Answer(
        seconds=seconds,
        peak_memory=memory,
        traceback=failure and failure.replace(str(workspace.work), str(request.source.parent)),
        messages=log.messages(request.source),
        network=seen.network,
        observed=_observed(seen),
    )
    return encode_answer(answer)


def _settle_in(request: ExecutionRequest, workspace: Workspace) -> None:
    workspace.temporary.mkdir(parents=True)
    os.environ.update({"TMPDIR": str(workspace.temporary), TOKEN: str(request.base)})
    tempfile.tempdir = None
    random.seed()
    if "numpy.random" in sys.modules:  # it was loaded before the fork, with one state for all
        sys.modules["numpy.random"].seed()
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    faulthandler.enable(file=sys.__stderr__ or sys.stderr)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(workspace.work)


def _observe(request: ExecutionRequest, workspace: Workspace, source: Path) -> Observer:
    """Begin to see what is used."""

    # A library that looks at the stack opens the files of this package, which is on it.
    def origin(path: str) -> str | None:
        return None if path.startswith(PACKAGE) else workspace.origin(path)

    observer = Observer(origin, workspace.spill)
    watch_audit_events(observer, request.target_dir)
    watch_imports(observer, source)
    checks = signal_checks()
    if workspace.tree != request.root:
        writes = WriteGuard(request.root, workspace.tree, request.page)
        checks |= writes.checks()
        guard_unaudited(writes.refuse)
    guard(checks, lambda: observer.is_active)
    return observer


def _generate(
    request: ExecutionRequest, source: Path, conf: GalleryConf
) -> tuple[float, str | None]:
    """Have the page written; seconds, and the traceback of what the tutorial raised."""
    started = time.perf_counter()
    try:
        seconds, failure = generate_page(source, request.target_dir, conf, execute=True)
    except BaseException as error:  # sys.exit, KeyboardInterrupt, and what sphinx-gallery raises
        request.page.unlink(missing_ok=True)
        return time.perf_counter() - started, own_traceback(error, source)
    return seconds, failure and without_own_frames(failure)


def _project_files(loaded: Iterable[str], tops: Collection[str], workspace: Workspace) -> set[str]:
    """The files of the project's own packages that are loaded: seen or not.

    :param loaded: names of modules; none of the project's was loaded before.
    :param tops: the top-level names that count.
    """
    files = set()
    for name in loaded:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and name.partition(".")[0] in tops:
            own = workspace.origin(os.path.abspath(file))
            if own:
                files.add(own)
    return files


def _observed(seen: Observation) -> Observed:
    return Observed(
        files=tuple(sorted(seen.files - seen.written)),
        folders=tuple(sorted(seen.folders)),
        modules=tuple(sorted(seen.modules)),
        processes=seen.processes,
        written=tuple(sorted(seen.written)),
        searched=tuple(sorted(seen.searched.items())),
    )
