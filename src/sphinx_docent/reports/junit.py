"""``junit.xml``: the tutorials as test cases, and the diagnostics as failed ones."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..model import Action, Diagnostic, Result, Status, Step
from ..printable import printable
from .outcome import Outcome


def as_junit(outcome: Outcome) -> bytes:
    """The file."""
    shard = f" shard {outcome.shard}" if outcome.shard else ""
    root = Element("testsuites", name=f"sphinx-docent{shard}")
    tutorials = SubElement(root, "testsuite", name=f"tutorials{shard}")
    for step in outcome.steps:
        _add_tutorial(tutorials, step, outcome.result(step))
    diagnostics = SubElement(root, "testsuite", name="diagnostics")
    failures = _failures(outcome)
    for found in outcome.diagnostics:
        told = failures.get((found.file, found.line))
        if told and found.category in _OF_FAILURES and told[:_COMPARED] in found.message:
            continue  # the tutorial's own test case tells of it
        _add_diagnostic(diagnostics, found)
    for suite in (tutorials, diagnostics):
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    for element in root.iter():
        element.text = element.text and printable(element.text)
        for name, value in element.items():
            element.set(name, printable(value))
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


_OF_FAILURES = ("docent.failed", "docent.notebook")
_COMPARED = 80  # characters; what is very long is cut in a diagnostic


def _failures(outcome: Outcome) -> dict[tuple[str, int], str]:
    """What is told of each failed tutorial, by the place where its diagnostic stands."""
    results = ((step.tutorial.path, outcome.result(step)) for step in outcome.steps)
    return {
        (path.lstrip("/"), result.failure.line or 1): result.failure.message
        for path, result in results
        if result.status is Status.FAILED and result.failure
    }


def _add_tutorial(suite: Element, step: Step, result: Result) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=step.tutorial.path.rpartition("/")[0].strip("/").replace("/", "."),
        name=step.tutorial.source.name,
        file=step.tutorial.path.lstrip("/"),
        time=f"{result.seconds:.3f}",
    )
    if result.failure and result.status is Status.FAILED:
        failure = SubElement(case, "failure", message=result.failure.message)
        failure.text = result.failure.traceback
    elif step.action in (Action.SKIP, Action.RENDER):
        SubElement(case, "skipped", message=step.reason)


def _add_diagnostic(suite: Element, found: Diagnostic) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=found.category or "other",
        name=f"{found.file}:{found.line}",
        file=found.file,
        line=str(found.line),
    )
    SubElement(case, "failure", message=found.message)
