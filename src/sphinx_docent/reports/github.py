"""Annotations on GitHub: each diagnostic at its line."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import CacheUse, Diagnostic
from ..printable import printable
from .outcome import cache_problem


def github_annotations(diagnostics: Sequence[Diagnostic], cache: CacheUse) -> list[str]:
    """Workflow commands that make GitHub show each diagnostic at its line.

    A shared cache's trouble is a warning that belongs to no line.

    Follows "Workflow commands for GitHub Actions".
    """
    shown = [_annotation(found) for found in diagnostics]
    if cache.problem:
        shown.insert(0, f"::warning title=docent.cache::{_escaped(cache_problem(cache))}")
    return shown


def _annotation(found: Diagnostic) -> str:
    return (
        f"::error file={_value(found.file)},line={max(found.line, 1)},"
        f"title={_value(found.category or 'documentation')}::{_escaped(found.message)}"
    )


def _escaped(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\n", "%0A")


def _value(text: str) -> str:
    """Text in the place of a property."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
