"""Writes the reports of a build: ``report.json``, ``junit.xml`` and ``timeline.html``."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from ..files import write_whole
from ..printable import printable, printable_data
from .json_report import as_json
from .junit import as_junit
from .markdown_summary import markdown_summary
from .outcome import Outcome
from .timeline import timeline_page


def write_reports(outcome: Outcome, folder: Path, subject: str = "") -> None:
    """Write the files, each whole or not at all.

    :param subject: what the report is about, if not the pages; part of the files' names.
    """
    prefix = f"{subject}-" if subject else ""
    text = json.dumps(printable_data(as_json(outcome)), indent=2, ensure_ascii=False)
    write_whole(folder / f"{subject or 'report'}.json", (text + "\n").encode())
    write_whole(folder / f"{prefix}junit.xml", as_junit(outcome))
    write_whole(folder / f"{prefix}timeline.html", printable(timeline_page(outcome)).encode())


def append_summary(outcome: Outcome, page: Path) -> None:
    """Add what a build did to a page that the CI service shows; if that cannot be, it is left."""
    text = markdown_summary(printable_data(as_json(outcome)))
    with contextlib.suppress(OSError), page.open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")
