"""Which warnings the project has chosen to pass over: ``docent_ignored_warnings``. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..model import Diagnostic, IgnoredWarning


def ignore_list(
    entries: Iterable[IgnoredWarning],
) -> Callable[[Diagnostic], IgnoredWarning | None]:
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
