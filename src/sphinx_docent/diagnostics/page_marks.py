"""Notes on each warning which page Sphinx was at work on when it came.

Sphinx keeps the warnings of reading and of writing back until all pages are done, and those of
other processes come with their end: then nobody knows any more. So a record is marked when it is
made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_MARK = "docent_page"


def marked_page(record: logging.LogRecord) -> str:
    """The page that was read or resolved when a warning came; empty if none was."""
    return str(getattr(record, _MARK, ""))


class PageMarks:
    """Marks records while it is attached.

    :param environment: Sphinx's, ``None`` where there is none yet.
    """

    def __init__(self, environment: Callable[[], BuildEnvironment | None]) -> None:
        self._environment = environment
        self._before: Callable[..., logging.LogRecord] | None = None

    def attach(self) -> None:
        """Begin to mark."""
        self._before = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._make)

    def detach(self) -> None:
        """Mark no more."""
        if self._before is not None and logging.getLogRecordFactory() == self._make:
            logging.setLogRecordFactory(self._before)
            self._before = None

    def _make(self, *args: Any, **more: Any) -> logging.LogRecord:
        record = (self._before or logging.LogRecord)(*args, **more)
        if record.levelno >= logging.WARNING:
            setattr(record, _MARK, _page_at_work(self._environment()))
        return record


def _page_at_work(env: BuildEnvironment | None) -> str:
    if env is None:
        return ""
    current = getattr(env, "current_document", None)  # from Sphinx 8.2 on
    return str(current.docname if current is not None else env.temp_data.get("docname", ""))
