"""Whatever tutorials print, raise or are called, every report can be read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.helpers.outcomes import OUTCOME
from tests.helpers.tutorials import tutorial

from sphinx_docent.model import Action, Diagnostic, Failure, Result, Status, Step
from sphinx_docent.reports import console
from sphinx_docent.reports.github import github_annotations
from sphinx_docent.reports.report_files import write_reports

EVIL = "\x1b[31mred\x1b]0;t\x07 a\0b \x9b31m \x85 \udcff \ufffe ]]></failure> \r::error::forged"
NAME = "na\x1b[2J\udcffme"
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

HOSTILE = replace(
    OUTCOME,
    steps=[Step(tutorial(NAME), Action.EXECUTE, EVIL), Step(tutorial("b"), Action.SKIP, EVIL)],
    results={f"/t/{NAME}.py": Result(Status.FAILED, 2.0, failure=Failure(EVIL, 7, EVIL))},
    spans=[replace(OUTCOME.spans[0], path=f"/t/{NAME}.py", worker=EVIL)],
    diagnostics=[Diagnostic(f"docs/{NAME}.py", 3, "docent.failed", EVIL)],
)


@pytest.mark.parametrize("file", ["report.json", "junit.xml", "timeline.html"])
def test_no_report_holds_what_cannot_be_shown(file: str, tmp_path: Path) -> None:
    write_reports(HOSTILE, tmp_path)
    text = (tmp_path / file).read_bytes().decode("utf-8")
    assert not UNPRINTABLE.search(text)
    assert r"\x1b[2J" in text.replace("\\\\", "\\")


def test_the_reports_are_valid(tmp_path: Path) -> None:
    write_reports(HOSTILE, tmp_path)
    report = json.loads((tmp_path / "report.json").read_bytes())
    message = report["tutorials"][0]["failure"]["message"]
    assert message.startswith(r"\x1b[31mred\x1b]0;t\x07 a\x00b")
    (failed, skipped), _ = ElementTree.fromstring((tmp_path / "junit.xml").read_bytes())
    assert failed[0].get("message") == message
    assert skipped[0].tag == "skipped"


def test_an_annotation_is_one_line() -> None:
    (line,) = github_annotations(HOSTILE.diagnostics, HOSTILE.cache)
    assert not UNPRINTABLE.search(line)
    assert "\n" not in line
    assert r"\x0d::error" in line


def test_the_console_shows_what_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def info(message: str, *words: object, **_: object) -> None:
        said.append(message % words)

    monkeypatch.setattr(console._logger, "info", info)
    console.log_failures(HOSTILE.steps, HOSTILE.results)
    console.log_done(HOSTILE.steps[0], HOSTILE.results[f"/t/{NAME}.py"], EVIL)
    console.log_impossible(HOSTILE.steps)
    console.log_diagnostics(HOSTILE.diagnostics)
    assert len(said) > 5
    assert not UNPRINTABLE.search("".join(said))
