"""What a build complains of, as warnings of Sphinx, which makes them diagnostics."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.util import logging

from ..diagnostics.source_lines import sphinx_location
from ..model import Diagnostic, KnownFailure, Result, Status, Step
from ..notebooks.rst_leftovers import RstLeftover

logger = logging.getLogger(__name__)


def warn_of_failure(
    step: Step, result: Result, *, only_warn: bool, what: str = "tutorial", subtype: str = "failed"
) -> None:
    """Make a failed tutorial a diagnostic at its own line.

    :param only_warn: sphinx-gallery's setting: the failure must not fail the build.
    :param what: failed.
    """
    if result.status is Status.FAILED and result.failure is not None:
        (logger.warning if only_warn else logger.error)(
            "the %s failed: %s",
            what,
            result.failure.message,
            location=f"{step.tutorial.source}:{result.failure.line or 1}",
            type="docent",
            subtype=subtype,
        )


def warn_of_untaken(step: Step, result: Result) -> None:
    """Complain of a tutorial that sphinx-gallery cannot render, which was not executed."""
    if result.status in (Status.NOT_RUN, Status.SKIPPED) and result.failure is not None:
        logger.error(
            "%s",
            result.failure.message,
            location=f"{step.tutorial.source}:{result.failure.line or 1}",
            type="docent",
            subtype="syntax",
        )


def warn_of_overdue(known: KnownFailure, conf: Path, line: int) -> None:
    """Complain of a known failure that nobody has mended in time.

    :param conf: the file that lists it, and the line of it.
    """
    logger.error(
        "the known failure of %r was to be mended by %s: %s",
        known.pattern.pattern,
        known.until,
        known.reason,
        location=f"{conf}:{line}",
        type="docent",
        subtype="known_failure",
    )


def warn_of_rst_leftover(found: RstLeftover, source: Path, line: int) -> None:
    """Complain of what became no Markdown.

    :param line: of the tutorial.
    """
    logger.error(
        "the notebook's text holds reST (%s): %s",
        found.kind,
        found.text,
        location=f"{source}:{line}",
        type="docent",
        subtype="notebook",
    )


def repeat_warnings(diagnostics: Iterable[Diagnostic]) -> None:
    """Warn again of what an earlier build found and nobody mended."""
    for found in diagnostics:
        kind, _, subtype = found.category.partition(".")
        logger.warning(
            "%s",
            found.message,
            location=sphinx_location(found.file, found.line),
            type=kind or None,
            subtype=subtype or None,
        )
