"""What is wrong with what became of one tutorial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .judge_build import CONTROL, last, names, told
from .lab import Built, shown
from .model import Tutorial, Want
from .repository import Repository

_NO_REASON = re.compile(r"exit code 70\b")
_LONGEST_MESSAGE = 2000


def judge_tutorial(tutorial: Tutorial, built: Built, repository: Repository) -> Iterator[str]:
    """Whether a build made of a tutorial what was wanted."""
    entry = built.entry(tutorial.name)
    status = entry and entry["status"]
    if built.report is None:
        yield f"no report: {last(built)}"
    elif tutorial.want is Want.PASS and status != "passed":
        yield f"should pass: {told(entry)}"
    elif tutorial.want is Want.FAIL and status != "failed":
        yield f"should fail: {told(entry)}"
    elif tutorial.want is Want.DIAGNOSE:
        if status == "passed":
            yield "should be diagnosed, but passed"
        else:
            yield from _diagnosed(tutorial, built)
    elif tutorial.want is Want.DIAGNOSE_OR_PASS and status != "passed":
        yield from _diagnosed(tutorial, built)
    elif entry is None:
        yield "is not in the report"
    elif status == "passed":
        yield from _on_the_site(tutorial, built)
    elif status == "failed":
        yield from _failure(tutorial, entry, built, repository)
    else:
        yield f"neither passed nor failed: {told(entry)}"


def judge_unexecuted(tutorial: Tutorial, built: Built, _: Repository) -> Iterator[str]:
    """Whether a precheck said of a tutorial what it must."""
    if built.report is None:
        yield f"no report: {last(built)}"
        return
    if tutorial.want is Want.DIAGNOSE or built.diagnostics(tutorial.name):
        yield from _diagnosed(tutorial, built)


def _on_the_site(tutorial: Tutorial, built: Built) -> Iterator[str]:
    page = built.page(tutorial.name)
    if not page:
        yield "passed, but is not on the site"
    elif not tutorial.whole and "output of" not in page:
        yield "passed, but its page has no output"
    elif tutorial.prints and not re.search(tutorial.prints, page):
        yield f"its page does not hold {tutorial.prints!r}: {page[-300:].split()!r}"


def _failure(
    tutorial: Tutorial, entry: Mapping[str, Any], built: Built, repository: Repository
) -> Iterator[str]:
    failure = entry["failure"] or {"message": "", "line": None}
    message = failure["message"]
    yield from _useless(message, tutorial)
    if re.match("SyntaxError|IndentationError", message) and not tutorial.says:
        yield f"the case itself does not parse: {message[:200]!r}"
    if tutorial.want is Want.DISCARD and not names(message, tutorial.path):
        yield f"does not name {tutorial.path}: {message[:300]!r}"
    if tutorial.line:
        line = repository.line(f"docs/tutorials/{tutorial.name}.py", tutorial.line)
        if failure["line"] != line:
            yield f"names line {failure['line']}, not {line}: {message[:200]!r}"
    if not built.diagnostics(tutorial.name):
        yield "its failure is no diagnostic"
    if f"docs/tutorials/{shown(tutorial.name)}.py" not in built.said and tutorial.name.isascii():
        yield "the terminal does not name it"


def _diagnosed(tutorial: Tutorial, built: Built) -> Iterator[str]:
    found = built.diagnostics(tutorial.name)
    if len(found) != 1:
        messages = [entry["message"][:120] for entry in found][:3]
        yield f"{len(found)} diagnostics, not one: {messages} {told(built.entry(tutorial.name))}"
    for entry in found:
        if entry["line"] < 1:
            yield f"the diagnostic names no line: {entry['message'][:200]!r}"
        yield from _useless(entry["message"], tutorial)


def _useless(message: str, tutorial: Tutorial) -> Iterator[str]:
    if not message.strip():
        yield "the message is empty"
    if found := CONTROL.search(message):
        yield f"the message holds {found[0]!r}"
    if "\n" in message.strip():
        yield f"the message has several lines: {message[:200]!r}"
    if len(message) > _LONGEST_MESSAGE:
        yield f"the message has {len(message)} characters"
    if _NO_REASON.search(message) and tutorial.name != "exits_with_70":
        yield f"the message hides what happened: {message!r}"
    if tutorial.says and not re.search(tutorial.says, message):
        yield f"the message does not say {tutorial.says!r}: {message[:300]!r}"
    if tutorial.silent and re.search(tutorial.silent, message):
        yield f"the message says {tutorial.silent!r}: {message[:300]!r}"
