"""Sees every warning of Sphinx, and knows at the end of a build what is wrong in the documentation.

What a warning means for this build and for later ones is decided in :mod:`.incremental`; what is
kept lies in :mod:`.store`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import strip_colors
from sphinx.util.logging import NAMESPACE, WarningSuppressor, is_suppressed_warning

from ..model import Diagnostic
from ..printable import printable_line, printable_name, printable_text
from . import incremental
from .incremental import NOWHERE, Phase, SeenWarning
from .page_marks import PageMarks, marked_page
from .source_lines import sphinx_location
from .store import (
    diagnostics_file,
    forget_page,
    keep_reading_diagnostic,
    load_diagnostics,
    reading_diagnostics,
    save_diagnostics,
)
from .warning_location import location_of, pages_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class DiagnosticCollector(logging.Filter):
    """Stands before Sphinx's own filters, and sees every warning once.

    Lives from ``config-inited`` to ``build-finished``. What it remembers is what happened: the
    warnings, the pages that were resolved, and how far Sphinx has come.

    :param describe: file and line of a warning, from its location and text.
    :param ignored: whether a diagnostic is to be passed over in silence.
    :param foreseen: whether what a message says is so because of what this build leaves out.
    """

    def __init__(
        self,
        app: Sphinx,
        describe: Callable[[str, str], tuple[str, int]],
        ignored: Callable[[Diagnostic], bool],
        foreseen: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self._app = app
        self._describe = describe
        self._ignored = ignored
        self._foreseen = foreseen
        self._warnings: list[SeenWarning] = []
        self._once: set[tuple[str, str]] = set()
        self._resolved: set[str] = set()
        self._checked_consistency = False
        self._writing = False
        self._marks = PageMarks(lambda: getattr(app, "env", None))

    def attach(self) -> None:
        """Begin to see Sphinx's warnings."""
        self._marks.attach()
        for handler in logging.getLogger(NAMESPACE).handlers:
            if any(isinstance(known, WarningSuppressor) for known in handler.filters):
                handler.filters.insert(0, self)

    def detach(self) -> None:
        """See no more."""
        self._marks.detach()
        for handler in logging.getLogger(NAMESPACE).handlers:
            handler.removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Note a warning; false if it is to be passed over in silence."""
        if record.levelno < logging.WARNING:
            return True
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if is_suppressed_warning(kind, subtype, self._app.config.suppress_warnings):
            return True
        page, message = marked_page(record), _cleaned(record)
        if self._foreseen(message):
            return False
        location = location_of(record, self._app)
        if page and (not location or location.startswith("<")):  # as in "<unknown>:1"
            location = str(self._app.env.doc2path(page))
        if getattr(record, "once", False):
            if (location, message) in self._once:
                return True
            self._once.add((location, message))
        file, line = self._describe(location, message)
        file = printable_name(file)
        category = ".".join(part for part in (kind, subtype) if part)
        diagnostic = Diagnostic(file, line, category, message)
        ignored = self._ignored(diagnostic)
        grave = kind == "docent" and record.levelno >= logging.ERROR and not ignored
        self._note(diagnostic, location, page, breaks_build=grave)
        if file and not ignored:
            record.location = sphinx_location(file, line)
        return not ignored

    def to_read_again(self, env: BuildEnvironment, removed: Iterable[str]) -> set[str]:
        """Pages whose old warnings can't be told from new ones unless they are read again."""
        return incremental.pages_to_read_again(env.toctree_includes, removed)

    def forget(self, env: BuildEnvironment, page: str) -> None:
        """A page is about to be read again, or was removed."""
        forget_page(env, page)

    def to_resolve_again(self, env: BuildEnvironment, targets: str, *, thorough: bool) -> list[str]:
        """Pages whose warnings of resolving may have changed.

        From here on Sphinx saves what it has read, and takes it as written, too; so until the
        build has ended, nothing that was kept is certain.

        :param targets: digest of everything that references can lead to.
        :param thorough: whether pages without a warning matter: theirs may now lead nowhere.
        """
        file = diagnostics_file(self._app)
        kept = load_diagnostics(file)
        save_diagnostics(file, incremental.begin_resolving(kept, targets, thorough=thorough))
        return incremental.pages_to_resolve_again(kept, targets, env.all_docs, thorough=thorough)

    def consistency_checked(self) -> None:
        """Sphinx has checked the consistency of all pages anew."""
        self._checked_consistency = True

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
        file = diagnostics_file(self._app)
        kept = incremental.end_resolving(
            load_diagnostics(file),
            self._warnings,
            self._resolved,
            env.all_docs,
            checked_consistency=self._checked_consistency,
        )
        save_diagnostics(file, kept)
        reading = reading_diagnostics(env)
        return incremental.all_diagnostics(kept, self._warnings, reading), set(self.seen())

    def seen(self) -> list[Diagnostic]:
        """What was found up to now, the ignored included; sorted, each once."""
        return sorted({warning.diagnostic for warning in self._warnings})

    @property
    def broken(self) -> bool:
        """Whether something was found that no build may pass over."""
        return any(warning.breaks_build for warning in self._warnings)

    def _note(
        self, diagnostic: Diagnostic, location: str, page: str, *, breaks_build: bool
    ) -> None:
        """Keep a warning.

        :param page: that was at work when it came, as far as that is known.
        """
        phase = self._phase()
        pages: tuple[str, ...] = ()
        if phase is Phase.READING:
            pages = (page,) if page else pages_of(location, self._app.env)
            keep_reading_diagnostic(self._app.env, pages, diagnostic)
        elif phase is Phase.RESOLVING:
            pages = pages_of(location, self._app.env)
            if pages == (NOWHERE,) and page:
                pages = (page,)
        self._warnings.append(SeenWarning(diagnostic, phase, pages, breaks_build))

    def _phase(self) -> Phase:
        builder = getattr(self._app, "builder", None)
        if builder is None:
            return Phase.SETUP
        # Up to Sphinx 8.1 it is the application that knows.
        match getattr(builder, "phase", None) or self._app.phase:
            case BuildPhase.INITIALIZATION:
                return Phase.SETUP
            case BuildPhase.READING:
                return Phase.READING
            # For Sphinx the phases of checking and of resolving are one and the same.
            case BuildPhase.CONSISTENCY_CHECK if not self._writing:
                return Phase.CHECKING
            case _:
                return Phase.RESOLVING


def _cleaned(record: logging.LogRecord) -> str:
    """The message of a warning in one line; the record itself is made printable."""
    raw = logging.LogRecord.getMessage(record)
    text = strip_colors(raw)
    shown = printable_text(text)
    if shown != raw:
        record.msg, record.args = "%s", (shown,)
    return printable_line(text)
