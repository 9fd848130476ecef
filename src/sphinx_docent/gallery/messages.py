"""What sphinx-gallery logs while it generates a page: warnings, and what a tutorial printed."""

from __future__ import annotations

import logging
from pathlib import Path

from sphinx.util.logging import VERBOSE, convert_serializable

from ..model import Message

FAILED = "failed to execute correctly"
"""What sphinx-gallery says when an example has failed."""


def is_output(record: logging.LogRecord) -> bool:
    """Whether a record is a line that an example printed."""
    return (
        record.name == "sphinx.sphinx-gallery" and record.levelno == VERBOSE and record.msg == "%s"
    )


def as_messages(records: list[logging.LogRecord], source: Path) -> tuple[Message, ...]:
    """Warnings in a form that can be kept, without those that only say that an example failed.

    :param source: the location of those that name none.
    """
    convert_serializable(records)
    return tuple(
        Message(
            text=record.getMessage().strip(),
            type=getattr(record, "type", None) or "",
            subtype=getattr(record, "subtype", None) or "",
            location=str(getattr(record, "location", None) or source),
        )
        for record in records
        if FAILED not in record.getMessage()
    )
