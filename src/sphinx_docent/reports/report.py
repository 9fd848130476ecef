"""What a build did: ``report.json``, ``junit.xml``, and ``timeline.html`` to look at."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import sphinx

from ..files import write_whole
from ..gallery.configuration import VERSION
from ..model import Action, CacheUse, Diagnostic, IgnoredWarning, Result, Status, Step
from ..version import __version__
from .console import in_words
from .timeline import Listed, Span, timeline_page

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report is made from.

    :param shard: which part of the work was this job's; empty: all of it.
    :param started: seconds since the epoch.
    :param seconds: what the build took.
    :param selection: as it was asked for.
    :param results: by the tutorial's path.
    :param ignored: how often each entry of ``docent_ignored_warnings`` was used.
    """

    project: str
    builder: str
    shard: str
    started: float
    seconds: float
    selection: str
    steps: Sequence[Step]
    results: Mapping[str, Result]
    spans: Sequence[Span]
    diagnostics: Sequence[Diagnostic]
    ignored: Sequence[tuple[IgnoredWarning, int]]
    cache: CacheUse


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The report, in the documented format."""
    tutorials = _entries(outcome)
    actions = Counter(str(step.action) for step in outcome.steps)
    return {
        "format": FORMAT,
        "project": outcome.project,
        "builder": outcome.builder,
        "shard": outcome.shard or None,
        "started": outcome.started,
        "seconds": round(outcome.seconds, 3),
        "selection": outcome.selection,
        "versions": {
            "sphinx_docent": __version__,
            "sphinx": sphinx.__version__,
            "sphinx_gallery": VERSION,
            "python": platform.python_version(),
        },
        "totals": {
            "tutorials": len(tutorials),
            **{str(action): actions[str(action)] for action in Action},
            "failed": sum(entry["status"] == Status.FAILED for entry in tutorials),
            "seconds": round(
                sum(e["seconds"] for e in tutorials if e["action"] == Action.EXECUTE), 3
            ),
            "diagnostics": len(outcome.diagnostics),
        },
        "cache": {
            **asdict(outcome.cache),
            "hits": actions[str(Action.RESTORE)],
            "misses": actions[str(Action.EXECUTE)],
        },
        "tutorials": tutorials,
        "diagnostics": [asdict(found) for found in outcome.diagnostics],
        "ignored": [
            {
                "pattern": entry.pattern.pattern,
                "file": entry.file,
                "reason": entry.reason,
                "count": count,
            }
            for entry, count in outcome.ignored
        ],
    }


def as_junit(outcome: Outcome) -> ElementTree.Element:
    """The tutorials as test cases, and the diagnostics as failed ones."""
    shard = f" shard {outcome.shard}" if outcome.shard else ""
    root = ElementTree.Element("testsuites", name=f"sphinx-docent{shard}")
    tutorials = ElementTree.SubElement(root, "testsuite", name=f"tutorials{shard}")
    for step in outcome.steps:
        result = outcome.results.get(step.tutorial.path)
        case = ElementTree.SubElement(
            tutorials,
            "testcase",
            classname=step.tutorial.path.rpartition("/")[0].strip("/").replace("/", "."),
            name=step.tutorial.source.name,
            file=step.tutorial.path.lstrip("/"),
            time=f"{result.seconds if result else 0:.3f}",
        )
        if result and result.failure:
            failure = ElementTree.SubElement(case, "failure", message=result.failure.message)
            failure.text = _printable(result.failure.traceback)
        elif step.action in (Action.SKIP, Action.RENDER):
            ElementTree.SubElement(case, "skipped", message=step.reason)
    checks = ElementTree.SubElement(root, "testsuite", name="diagnostics")
    for found in outcome.diagnostics:
        case = ElementTree.SubElement(
            checks,
            "testcase",
            classname=found.category or "other",
            name=f"{found.file}:{found.line}",
            file=found.file,
            line=str(found.line),
        )
        ElementTree.SubElement(case, "failure", message=_printable(found.message))
    for suite in (tutorials, checks):
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return root


def write_reports(outcome: Outcome, folder: Path, subject: str = "") -> None:
    """Write the files, each whole or not at all.

    :param subject: what the report is about, if not the pages; part of the files' names.
    """
    prefix = f"{subject}-" if subject else ""
    text = json.dumps(as_json(outcome), indent=2, ensure_ascii=False)
    write_whole(folder / f"{subject or 'report'}.json", (text + "\n").encode())
    suites = as_junit(outcome)
    ElementTree.indent(suites)
    xml = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    write_whole(folder / f"{prefix}junit.xml", xml)
    title = f"{outcome.project}: shard {outcome.shard}" if outcome.shard else outcome.project
    page = timeline_page(title, outcome.spans, [_listed(e) for e in _entries(outcome)])
    write_whole(folder / f"{prefix}timeline.html", page.encode())


def github_annotations(diagnostics: Sequence[Diagnostic], cache: CacheUse) -> list[str]:
    """Workflow commands that make GitHub show each diagnostic at its line.

    A shared cache's trouble is a warning that belongs to no line.

    Follows "Workflow commands for GitHub Actions".
    """

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    trouble = [f"::warning title=docent.cache::{escaped(in_words(cache))}"] if cache.problem else []
    return trouble + [
        f"::error file={value(found.file)},line={max(found.line, 1)},"
        f"title={value(found.category or 'documentation')}::{escaped(found.message)}"
        for found in diagnostics
    ]


def _entries(outcome: Outcome) -> list[dict[str, Any]]:
    workers = {span.path: span.worker for span in outcome.spans}
    return [
        _tutorial(
            step,
            outcome.results.get(step.tutorial.path),
            workers.get(step.tutorial.path) or None,
        )
        for step in outcome.steps
    ]


def _listed(entry: Mapping[str, Any]) -> Listed:
    return Listed(**{field.name: entry[field.name] for field in fields(Listed)})


def _tutorial(step: Step, result: Result | None, worker: str | None) -> dict[str, Any]:
    result = result or Result(Status.NOT_RUN)
    return {
        "path": step.tutorial.path,
        "page": step.tutorial.page,
        "action": str(step.action),
        "reason": step.reason,
        "requires": list(step.tutorial.requires),
        "status": str(result.status),
        "seconds": round(result.seconds, 3),
        "peak_memory": result.peak_memory,
        "network": result.network,
        "worker": worker,
        "failure": asdict(result.failure) if result.failure else None,
    }


def _printable(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
