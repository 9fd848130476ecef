"""One tutorial's own process: it sets itself up, writes the page, answers, and ends.

Whatever the tutorial does to its process ends with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..gallery.configuration import GalleryConf
from ..gallery.generation import generate_page
from .answer import Answer, encode_answer
from .executed_page import refuse_long_page, tidy_page
from .guard import guard, signal_checks
from .log_handler import take_log
from .memory import peak_memory
from .observation import Observer
from .observers import Watch, finish_observers, start_observers
from .processes import TOKEN, WHERE
from .tracebacks import own_traceback, without_own_frames
from .workspace import Workspace
from .write_guard import WriteGuard, guard_unaudited


@dataclass(frozen=True, slots=True)
class ExecutionRequest:
    """What a child is to do.

    :param root: the repository's root.
    :param base: a folder for the child alone, which is not there yet.
    :param linked: other tutorials of the folder.
    :param excluded: folders of the repository that are no one's input.
    :param watched: folders and files of distributions that count by content.
    :param cwd: the build's working folder, where functions of ``conf.py`` are called; the
        tutorial's own blocks are executed in its folder. ``None`` where there is no such.
    """

    source: Path
    target_dir: Path
    root: Path
    base: Path
    linked: tuple[Path, ...]
    excluded: tuple[str, ...]
    watched: tuple[str, ...]
    cwd: Path | None = None

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
    digest = _pin(source, workspace)
    observer = _observe(request, workspace, source)
    seconds, failure = _generate(request, source, conf)
    memory = peak_memory()
    failure = refuse_long_page(request.page) or failure
    tidy_page(request.page, workspace.work, request.source.parent)
    # Until here, whoever lists folders to import something is seen to be no one else.
    observed = finish_observers(observer, request.source)
    answer = Answer(
        seconds=seconds,
        peak_memory=memory,
        traceback=failure and failure.replace(str(workspace.work), str(request.source.parent)),
        messages=log.messages(request.source),
        network=observer.seen.network,
        source=digest,
        began=workspace.began,
        observed=observed,
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
    if WHERE is not None:
        faulthandler.register(WHERE, file=sys.__stderr__ or sys.stderr)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(workspace.work)
    if request.cwd is not None:
        with contextlib.suppress(OSError):
            os.chdir(request.cwd)


def _pin(source: Path, workspace: Workspace) -> str:
    """Have nobody change the script any more that is executed; its SHA-256."""
    data = source.read_bytes()
    if workspace.tree == workspace.root:  # what is written is the tutorial's alone
        with contextlib.suppress(OSError):
            status = source.stat()
            source.write_bytes(data)
            os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    return hashlib.sha256(data).hexdigest()


def _observe(request: ExecutionRequest, workspace: Workspace, source: Path) -> Observer:
    """Begin to see what is used, and to refuse what harms others."""
    checks = signal_checks()
    if workspace.tree != request.root:
        writes = WriteGuard(request.root, workspace.base, request.page)
        checks |= writes.checks()
        guard_unaudited(writes.refuse)
    watch = Watch(
        source=source,
        root=request.root,
        base=workspace.base,
        spill=workspace.spill,
        origin=workspace.origin,
        watched=request.watched,
        page_folder=request.target_dir,
    )
    observer = start_observers(watch)
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
