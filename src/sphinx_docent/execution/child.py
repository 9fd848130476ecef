"""One tutorial's own process: it sets itself up, writes the page, tells, and ends.

Whatever the tutorial does to its process ends with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import logging
import os
import random
import signal
import sys
import sysconfig
import tempfile
import time
import traceback
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sphinx.util.logging import NAMESPACE

from ..gallery.configuration import GalleryConf
from ..gallery.generation import generate_page
from ..gallery.messages import as_messages, is_output
from ..gallery.warm_up import generate_sample_page
from ..model import Message
from .observation import Observer, closure, newly_loaded, note_loaded_packages
from .workspace import Workspace

OUTPUT_LIMIT = 20 * 2**20
"""Bytes that a page may hold."""

TOKEN = "DOCENT_TUTORIAL"  # noqa: S105
"""Environment variable by which a tutorial's processes are known."""


@dataclass(frozen=True, slots=True)
class ExecutionRequest:
    """What a child is to do.

    :param linked: other tutorials of the folder.
    :param excluded: folders of the repository that are no one's input.
    """

    source: Path
    target_dir: Path
    root: Path
    base: Path
    linked: tuple[Path, ...]
    excluded: tuple[str, ...]


def warm_up(
    preload: Sequence[str],
    root: Path,
    excluded: tuple[str, ...],
    conf: GalleryConf,
    folder: Path,
) -> None:
    """Make ready what all children would have to. Called once, in the server.

    :param preload: modules to load.
    :param folder: where files may be written for a while.
    """
    _forget_project_modules(root, excluded)
    os.environ["MPLBACKEND"] = "agg"  # as sphinx-gallery has it
    for name in preload:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    _WarningHandler()
    with contextlib.suppress(Exception):
        generate_sample_page(conf, folder)
    note_loaded_packages()


def execute_tutorial(order: ExecutionRequest, conf: GalleryConf) -> dict[str, Any]:
    """Execute a tutorial and write its page. Called in a process of its own.

    :returns: what happened, in a form that JSON holds.
    """
    place = Workspace(order.base, order.root, order.source.parent)
    place.make(order.linked)
    _settle_in(order, place)
    source = place.work / order.source.name
    # A library that looks at the stack opens the files of this package, which is on it.
    own = f"{Path(__file__).parents[1]}{os.sep}"
    observer = Observer(
        source,
        lambda path: None if path.startswith(own) else _origin(path, place, order),
        order.base / "seen",
        order.target_dir,
    )
    records = _WarningHandler()
    started = time.perf_counter()
    answer: dict[str, Any]
    observer.start()
    try:
        seconds, failure = generate_page(source, order.target_dir, conf, execute=True)
    except BaseException as error:  # sys.exit, KeyboardInterrupt, and what sphinx-gallery raises
        seconds, failure = time.perf_counter() - started, _own_lines(error, source)
        page = order.target_dir / f"{source.stem}.rst"
        page.unlink(missing_ok=True)
    seen = observer.finish()
    seen.files.discard(str(order.source))
    loaded = newly_loaded()
    modules = closure(seen.modules)
    seen.files.update(_project_files(loaded, modules, place, order))
    seen.modules = modules
    answer = {"seconds": seconds, "peak_memory": peak_memory(), **seen.to_json()}
    failure = _too_long(order) or failure
    _put_real_paths(order, place)
    answer["traceback"] = failure and failure.replace(str(place.work), str(order.source.parent))
    answer["messages"] = [asdict(message) for message in records.messages(order.source)]
    return answer


def peak_memory() -> int:
    """Bytes that this process held at most, where the platform tells; otherwise 0."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _settle_in(order: ExecutionRequest, place: Workspace) -> None:
    os.environ.update({"TMPDIR": str(place.temporary), TOKEN: str(order.base)})
    tempfile.tempdir = None
    random.seed()
    if "numpy.random" in sys.modules:  # it was loaded before the fork, with one state for all
        sys.modules["numpy.random"].seed()
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    faulthandler.enable(file=sys.__stderr__ or sys.stderr)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(place.work)


def _origin(path: str, place: Workspace, order: ExecutionRequest) -> str | None:
    own = place.origin(path)
    return None if own is None or own.startswith(order.excluded) else own


def _forget_project_modules(root: Path, excluded: tuple[str, ...]) -> None:
    """Let tutorials import the project's modules anew, so that it is seen what they open."""
    inside = f"{root}{os.sep}"
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if (
            file
            and file.endswith(".py")
            and file.startswith(inside)
            and not file.startswith(excluded)
            and name.partition(".")[0] != __package__.partition(".")[0]
            and name != "__main__"
        ):
            del sys.modules[name]


def _project_files(
    loaded: Iterable[str], tops: Collection[str], place: Workspace, order: ExecutionRequest
) -> set[str]:
    """The files of the project's own packages that are loaded: seen or not.

    :param loaded: names of modules; none of the project's was loaded before.
    :param tops: the top-level names that count.
    """
    files = set()
    for name in loaded:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and name.partition(".")[0] in tops:
            own = _origin(os.path.abspath(file), place, order)
            if own and own != str(order.source):
                files.add(own)
    return files


def _too_long(order: ExecutionRequest) -> str | None:
    page = order.target_dir / f"{order.source.stem}.rst"
    if page.is_file() and page.stat().st_size > OUTPUT_LIMIT:
        size = page.stat().st_size / 2**20
        page.unlink()
        limit = OUTPUT_LIMIT // 2**20
        return f"OutputTooLong: the page would hold {size:.0f} MB; at most {limit} MB are allowed"
    return None


def _put_real_paths(order: ExecutionRequest, place: Workspace) -> None:
    """A traceback on the page names the repository's file, not the copy that was executed."""
    page = order.target_dir / f"{order.source.stem}.rst"
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        if str(place.work) in text:
            page.chmod(0o644)
            page.write_text(
                text.replace(str(place.work), str(order.source.parent)), encoding="utf-8"
            )


def _own_lines(error: BaseException, source: Path) -> str:
    """The traceback, cut to the tutorial's own lines and what they called."""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((i for i, frame in enumerate(frames) if frame.filename == str(source)), 0)
    lines = traceback.format_list(frames[first:]) + traceback.format_exception_only(error)
    return "Traceback (most recent call last):\n" + "".join(lines)


class _WarningHandler(logging.Handler):
    """Takes the warnings that sphinx-gallery logs, and passes the tutorial's output on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._records: list[logging.LogRecord] = []
        root = logging.getLogger(NAMESPACE)
        root.handlers[:] = [self]

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            self._records.append(record)
        elif is_output(record):
            # The end of it is shown if the process dies.
            os.write(1, record.getMessage().encode(errors="replace") + b"\n")

    def messages(self, source: Path) -> tuple[Message, ...]:
        """The warnings so far."""
        return as_messages(self._records, source)


def site_folders() -> tuple[str, ...]:
    """Folders of installed distributions, which may lie in the repository (``.venv``)."""
    paths = sysconfig.get_paths()
    return tuple({f"{paths[name]}{os.sep}" for name in ("purelib", "platlib", "stdlib")})
