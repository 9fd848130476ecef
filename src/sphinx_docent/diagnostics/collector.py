"""Collects what is wrong in the documentation, and keeps it until it is mended.

Sphinx prints a page's warnings only when it reads or writes that page. Those of reading are
kept in the environment, page by page, and go when the page is read again; those of resolving
and writing are kept in a file beside it, and go when the page is resolved again.
"""

from __future__ import annotations

import json
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import strip_colors
from sphinx.util.logging import (
    NAMESPACE,
    WarningSuppressor,
    get_node_location,
    is_suppressed_warning,
)

from ..files import write_whole
from ..model import Diagnostic, IgnoredWarning
from .source_lines import SourceLine, split

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


_FORMAT = 1
_NOWHERE = ""
"""Stands for the page of a warning that names none."""

ByPage = dict[str, list[Diagnostic]]


class DiagnosticCollector(logging.Filter):
    """Stands before Sphinx's own filters, and sees every warning once.

    :param describe: file and line of a warning, from its location and text.
    :param ignored: whether a diagnostic is to be passed over in silence.
    """

    def __init__(
        self,
        app: Sphinx,
        describe: Callable[[str, str], tuple[str, int]],
        ignored: Callable[[Diagnostic], bool],
    ) -> None:
        super().__init__()
        self._app = app
        self._describe = describe
        self._ignored = ignored
        self._once: set[tuple[str, str]] = set()
        self._seen: set[Diagnostic] = set()
        self._setup: list[Diagnostic] = []
        self._consistency: list[Diagnostic] = []
        self._resolving: ByPage = defaultdict(list)
        self._resolved: set[str] = set()
        self._writing = False
        self._kept = _StoredDiagnostics.load(self._file)
        self.broken = False
        """Whether something was found that no build may pass over."""

    def attach(self) -> None:
        """Begin to see Sphinx's warnings."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            if any(isinstance(known, WarningSuppressor) for known in handler.filters):
                handler.filters.insert(0, self)

    def detach(self) -> None:
        """See no more."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            handler.removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Note a warning; false if it is to be passed over in silence."""
        if record.levelno < logging.WARNING:
            return True
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if is_suppressed_warning(kind, subtype, self._app.config.suppress_warnings):
            return True
        location = self._location(record)
        message = _plain(record)
        if getattr(record, "once", False):
            if (location, message) in self._once:
                return True
            self._once.add((location, message))
        file, line = self._describe(location, message)
        category = ".".join(part for part in (kind, subtype) if part)
        diagnostic = Diagnostic(file, line, category, message)
        self._seen.add(diagnostic)
        self._note(diagnostic, location)
        if self._ignored(diagnostic):
            return False
        if kind == "docent" and record.levelno >= logging.ERROR:
            self.broken = True
        if file:
            record.location = printable_place(file, line)
        return True

    def to_read_again(self, env: BuildEnvironment, removed: Iterable[str]) -> set[str]:
        """Pages whose old warnings can't be told from new ones unless they are read again."""
        gone = set(removed)
        pages = {page for page, listed in env.toctree_includes.items() if gone & set(listed)}
        if _NOWHERE in _reading(env):
            pages.update(env.all_docs)
        return pages

    def forget(self, env: BuildEnvironment, page: str) -> None:
        """A page is about to be read again, or was removed."""
        _reading(env).pop(page, None)
        _reading(env).pop(_NOWHERE, None)

    def to_resolve_again(self, env: BuildEnvironment, targets: str, *, thorough: bool) -> list[str]:
        """Pages whose warnings of resolving may have changed.

        :param targets: digest of everything that references can lead to.
        :param thorough: whether pages without a warning matter: theirs may now lead nowhere.
        """
        kept = self._kept
        same = kept.targets == targets
        current = kept.checked == targets
        kept.targets = targets
        if thorough:
            kept.checked = targets
        if not kept.complete or (thorough and not current):
            return sorted(env.all_docs)
        pages = set(env.all_docs) - set(kept.pages)
        if not same:
            pages.update(page for page, found in kept.pages.items() if found)
        return sorted(pages & set(env.all_docs))

    def consistency_checked(self) -> None:
        """Sphinx has checked the consistency of all pages anew."""
        self._kept.consistency = self._consistency
        self._consistency = []

    def unsettle(self) -> None:
        """Until the build has ended, nothing that was kept is certain."""
        self._kept.complete = False
        self._kept.save(self._file)

    def writing(self) -> None:
        """Writing begins."""
        self._writing = True

    def resolved(self, page: str) -> None:
        """A page was resolved."""
        self._resolved.add(page)

    def finish(self, env: BuildEnvironment) -> tuple[list[Diagnostic], set[Diagnostic]]:
        """Everything that is known to be wrong, the ignored included.

        :returns: all, sorted, each once; and those of them that were seen in this build.
        """
        kept = self._kept
        for page in self._resolved:
            kept.pages[page] = []
        for page, found in self._resolving.items():
            if page != _NOWHERE:
                kept.pages.setdefault(page, []).extend(found)
        kept.pages = {page: kept.pages[page] for page in kept.pages if page in env.all_docs}
        kept.complete = _NOWHERE not in self._resolving
        kept.save(self._file)
        everything = {
            *self._setup,
            *(found for page in _reading(env).values() for found in page),
            *kept.consistency,
            *(found for page in kept.pages.values() for found in page),
            *self._resolving.get(_NOWHERE, ()),
        }
        return sorted(everything), self._seen

    @property
    def _file(self) -> Path:
        return Path(self._app.doctreedir) / "docent-diagnostics.json"

    def seen(self) -> list[Diagnostic]:
        """What was found up to now, the ignored included; sorted, each once."""
        return sorted(self._seen)

    def _note(self, diagnostic: Diagnostic, location: str) -> None:
        match self._phase():
            case BuildPhase.INITIALIZATION:
                self._setup.append(diagnostic)
            case BuildPhase.READING:
                for page in self._pages(location):
                    _reading(self._app.env).setdefault(page, []).append(diagnostic)
            # For Sphinx the phases of checking and of resolving are one and the same.
            case BuildPhase.CONSISTENCY_CHECK if not self._writing:
                self._consistency.append(diagnostic)
            case _:
                for page in self._pages(location):
                    self._resolving[page].append(diagnostic)

    def _phase(self) -> BuildPhase:
        builder = getattr(self._app, "builder", None)
        if builder is None:
            return BuildPhase.INITIALIZATION
        # Up to Sphinx 8.1 it is the application that knows.
        phase: BuildPhase = getattr(builder, "phase", None) or self._app.phase
        return phase

    def _pages(self, location: str) -> list[str]:
        """The pages that a file belongs to: itself, or those that were made from it."""
        path, _, _ = split(location)
        if path is None:
            return [_NOWHERE]
        env = self._app.env
        page = env.path2doc(path)
        if page in env.all_docs:
            return [page]
        name = os.path.realpath(path)
        return [
            page
            for page, used in env.dependencies.items()
            if any(os.path.realpath(Path(env.srcdir) / file) == name for file in used)
        ] or [_NOWHERE]

    def _location(self, record: logging.LogRecord) -> str:
        location: Any = getattr(record, "location", None)
        if isinstance(location, nodes.Node):
            return get_node_location(location) or ""
        if isinstance(location, tuple):
            page, line = location
            path = self._app.env.doc2path(page) if page else ""
            return f"{path}:{line}" if path and line else str(path)
        text = str(location or "")
        if text and ":" not in text and not os.path.isabs(text):
            return str(self._app.env.doc2path(text))
        return text


class _StoredDiagnostics:
    """What is kept of resolving and writing, from build to build.

    :param targets: digest of the targets in the last build.
    :param checked: the same, in the last build that looked at every page.
    :param complete: whether the last build came to its end.
    """

    def __init__(
        self,
        targets: str,
        checked: str,
        complete: bool,
        consistency: list[Diagnostic],
        pages: ByPage,
    ) -> None:
        self.targets = targets
        self.checked = checked
        self.complete = complete
        self.consistency = consistency
        self.pages = pages

    @classmethod
    def load(cls, file: Path) -> _StoredDiagnostics:
        try:
            data = json.loads(file.read_bytes())
            if data["format"] == _FORMAT:
                return cls(
                    data["targets"],
                    data["checked"],
                    data["complete"],
                    [Diagnostic(*found) for found in data["consistency"]],
                    {
                        page: [Diagnostic(*entry) for entry in found]
                        for page, found in data["pages"].items()
                    },
                )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return cls("", "", False, [], {})

    def save(self, file: Path) -> None:
        data = {
            "format": _FORMAT,
            "targets": self.targets,
            "checked": self.checked,
            "complete": self.complete,
            "consistency": [astuple(found) for found in self.consistency],
            "pages": {
                page: [astuple(entry) for entry in found] for page, found in self.pages.items()
            },
        }
        write_whole(file, json.dumps(data).encode())


def ignore_list(entries: Iterable[IgnoredWarning]) -> Callable[[Diagnostic], IgnoredWarning | None]:
    """The entry that lets a diagnostic be ignored, if any does."""
    known = list(entries)

    def entry_for(diagnostic: Diagnostic) -> IgnoredWarning | None:
        text = f"[{diagnostic.category}] {diagnostic.message}"
        for entry in known:
            fits = entry.file is None or f"/{diagnostic.file}".endswith("/" + entry.file)
            if fits and entry.pattern.search(text):
                return entry
        return None

    return entry_for


def relative_place(place: SourceLine, root: Path) -> tuple[str, int]:
    """A place as people read it: a path from the repository root, and a line."""
    path, line = place
    if path is None:
        return "", 0
    absolute = Path(os.path.abspath(path))
    if absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix(), line
    return str(path), line


def printable_place(file: str, line: int) -> str | None:
    """A place as Sphinx prints it; without a colon it would be taken for a page's name."""
    return f"{file}:{line or ''}" if file else None


def _reading(env: BuildEnvironment) -> ByPage:
    """The warnings of reading, kept with the environment."""
    if not hasattr(env, "docent_diagnostics"):
        env.docent_diagnostics = {}  # type: ignore[attr-defined]
    kept: ByPage = env.docent_diagnostics  # type: ignore[attr-defined]
    return kept


def _plain(record: logging.LogRecord) -> str:
    return " ".join(strip_colors(logging.LogRecord.getMessage(record)).split())
