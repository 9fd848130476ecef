"""Starts everything that sees what a tutorial uses, and says in the end what that was."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..cache.inputs import PATHS
from .answer import Observed
from .audit_hook import watch_audit_events
from .bytecode import distrust_stale_bytecode
from .environ_observer import EnvironObserver
from .import_observer import ImportObserver, of_watched_files
from .library_settings import settings_of
from .loaded_packages import newly_loaded, used_packages
from .metadata_observer import observe_metadata
from .observation import Observer, Origin, Reach, is_there
from .processes import TOKEN
from .stat_observer import StatObserver
from .tracebacks import PACKAGE

_SET_BY_US = frozenset({"TMPDIR", TOKEN})
_MOST = 4 * 2**20  # characters of names that are told


@dataclass(frozen=True, slots=True)
class Watch:
    """What is to be observed.

    :param source: the script as it is executed.
    :param base: a folder for the tutorial alone.
    :param spill: see :class:`.observation.Observer`.
    :param origin: see :data:`.observation.Origin`.
    :param watched: folders and files of distributions that count by content.
    :param page_folder: where the page is written.
    """

    source: Path
    root: Path
    base: Path
    spill: Path
    origin: Origin
    watched: tuple[str, ...]
    page_folder: Path


def start_observers(watch: Watch) -> Observer:
    """Begin to see what is used."""

    def origin(path: str) -> str | None:
        # A library that looks at the stack opens the files of this package, which is on it.
        return None if path.startswith(PACKAGE) else watch.origin(path)

    reach = Reach(watch.root, origin, watch.watched, (f"{watch.base}{os.sep}",))
    observer = Observer(reach, str(watch.source), watch.spill)
    stats = StatObserver(observer)
    watch_audit_events(observer, stats, watch.page_folder)
    stats.start()
    EnvironObserver(
        lambda name: observer.note("variables", name), observer.asking, _SET_BY_US
    ).start()
    ImportObserver(observer).start()
    observe_metadata(observer)
    distrust_stale_bytecode(lambda path: reach.inside(path) is not None)
    return observer


def finish_observers(observer: Observer, source: Path) -> Observed:
    """What was used.

    :param source: the tutorial itself, which is no input of its own.
    """
    seen = observer.finish()
    used = seen.used
    loaded = newly_loaded()
    modules = used.setdefault("modules", set())
    tops = used_packages({name.partition(".")[0] for name in modules} - sys.stdlib_module_names)
    modules |= tops | {top for name in loaded if (top := _standard(name))}
    modules |= of_watched_files(loaded, lambda file: observer.reach.inside(file) is not None)
    files, variables = settings_of(tops)
    counted = {path for path in files if observer.reach.counts_as_settings(path)}
    used.setdefault("files", set()).update(_files_of(tops, observer.reach), counted)
    absent = seen.absent | {path for path in counted if not is_there(path)}
    used.setdefault("variables", set()).update(variables)
    for table in PATHS:
        used.get(table, set()).discard(str(source))
    used["files"] -= seen.written
    names = (*used.values(), seen.written, absent, seen.searched)
    if sum(len(name) for table in names for name in table) > _MOST:
        return Observed(used={}, processes=seen.processes, too_much=True)
    return Observed(
        used={table: tuple(sorted(used[table])) for table in sorted(used)},
        processes=seen.processes,
        written=tuple(sorted(seen.written)),
        absent=tuple(sorted(absent)),
        searched=tuple(sorted(seen.searched.items())),
    )


def _standard(name: str) -> str:
    top = name.partition(".")[0]
    return top if top in sys.stdlib_module_names and not top.startswith("_") else ""


def _files_of(tops: Collection[str], reach: Reach) -> set[str]:
    """The files of packages that count by content and are loaded, before the fork as well.

    :param tops: the top-level names that count.
    """
    files = set()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and name.partition(".")[0] in tops:
            own = reach.inside(os.path.abspath(file))
            if own and is_there(file):  # and not in an archive
                files.add(own)
    return files
