"""Where diagnostics are kept from build to build.

Those of reading are kept with Sphinx's environment, because it forgets pages in the same moments;
those of checking, resolving and writing in a file beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import write_whole
from ..model import Diagnostic
from .incremental import NOWHERE, KeptDiagnostics

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_FORMAT = 1


def diagnostics_file(app: Sphinx) -> Path:
    """The file beside the environment."""
    return Path(app.doctreedir) / "docent-diagnostics.json"


def load_diagnostics(file: Path) -> KeptDiagnostics:
    """What is kept; nothing where the file is absent, damaged or of another release."""
    try:
        data = json.loads(file.read_bytes())
        if data["format"] == _FORMAT:
            return KeptDiagnostics(
                data["targets"],
                data["checked"],
                data["complete"],
                _from_rows(data["consistency"]),
                {page: _from_rows(found) for page, found in data["pages"].items()},
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return KeptDiagnostics()


def save_diagnostics(file: Path, kept: KeptDiagnostics) -> None:
    """Keep what the next build has to know."""
    data = {
        "format": _FORMAT,
        "targets": kept.targets,
        "checked": kept.checked,
        "complete": kept.complete,
        "consistency": [astuple(found) for found in kept.consistency],
        "pages": {page: [astuple(entry) for entry in found] for page, found in kept.pages.items()},
    }
    write_whole(file, json.dumps(data).encode())


def reading_diagnostics(env: BuildEnvironment) -> dict[str, list[Diagnostic]]:
    """The warnings of reading, by page; what is added here is kept."""
    if not hasattr(env, "docent_diagnostics"):
        env.docent_diagnostics = {}  # type: ignore[attr-defined]
    kept: dict[str, list[Diagnostic]] = env.docent_diagnostics  # type: ignore[attr-defined]
    return kept


def keep_reading_diagnostic(
    env: BuildEnvironment, pages: Iterable[str], diagnostic: Diagnostic
) -> None:
    """Keep a warning of reading, once for each page that it belongs to."""
    for page in pages:
        kept = reading_diagnostics(env).setdefault(page, [])
        if diagnostic not in kept:
            kept.append(diagnostic)


def forget_page(env: BuildEnvironment, page: str) -> None:
    """A page is about to be read again, or was removed: so may be what names no page."""
    for name in (page, NOWHERE):
        reading_diagnostics(env).pop(name, None)


def _from_rows(rows: Iterable[Iterable[Any]]) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(*row) for row in rows)
