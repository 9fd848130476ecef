"""What is logged in a tutorial's process: warnings are kept, what the tutorial prints goes on."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sphinx.util.logging import NAMESPACE

from ..gallery.messages import as_messages, is_output
from ..model import Message


class LogHandler(logging.Handler):
    """Takes the place of Sphinx's own handlers."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._warnings: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning; write a line that an example printed to the output."""
        if record.levelno >= logging.WARNING:
            self._warnings.append(record)
        elif is_output(record):
            # The end of it is shown if the process dies.
            os.write(1, record.getMessage().encode(errors="replace") + b"\n")

    def messages(self, source: Path) -> tuple[Message, ...]:
        """The warnings so far.

        :param source: the location of those that name none.
        """
        return as_messages(self._warnings, source)


def take_log() -> LogHandler:
    """Have a new handler be the only one."""
    handler = LogHandler()
    logging.getLogger(NAMESPACE).handlers[:] = [handler]
    return handler
