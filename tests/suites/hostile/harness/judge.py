"""Looks at a build, and says what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from .lab import Built
from .model import Check, Gallery, Tutorial, Want
from .repository import HEALTHY, SHARED, Repository, changes, unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_OWN_FRAMES = re.compile(r"sphinx_docent[/\\][\w/\\]*\.py|watched_import")
_NO_REASON = re.compile(r"exit code 70\b")
_LONGEST_MESSAGE = 2000
_LONGEST_TRACEBACK = 100_000


def judge_gallery(
    gallery: Gallery,
    built: Built,
    repository: Repository,
    before: Mapping[str, object],
    *,
    whole: bool,
) -> Iterator[Check]:
    """All checks of one build of a gallery.

    :param before: the snapshot from before the build.
    :param whole: whether this is all of the gallery, not a part of a divided one.
    """
    executes = built.builder != "precheck"
    case = gallery.name if executes else f"{gallery.name}, precheck"

    def check(what: str, wrong: Iterable[str]) -> Check:
        return Check(case, gallery.clause, what, "; ".join(wrong), gallery.debatable)

    common = {
        "ends by itself with the right exit code": _ending(gallery, built),
        "neighbours": (_neighbours if executes else _undiagnosed)(gallery, built),
        "reports and terminal are valid": _reports(gallery, built, repository),
        "nothing is left": left_over(built, repository),
        "the repository is unchanged": untouched(repository, before),
    }
    touched = changes(before, repository.snapshot())
    if len(gallery.tutorials) == 1 and whole:
        found = ((what, "; ".join(wrong)) for what, wrong in common.items())
        yield check("all else is well", (f"{what}: {wrong}" for what, wrong in found if wrong))
    else:
        for what, wrong in common.items():
            yield check(what, wrong)
    for tutorial in gallery.tutorials:
        if not executes and tutorial.want not in (Want.DIAGNOSE, Want.DIAGNOSE_OR_PASS):
            continue
        judged = _judge_tutorial if executes else _judge_unexecuted
        own = [path for path in touched if _names(path, tutorial.path)]
        yield Check(
            f"{case}/{tutorial.name}",
            tutorial.clause or gallery.clause,
            tutorial.want,
            "; ".join([*(f"reached {path}" for path in own), *judged(tutorial, built, repository)]),
            tutorial.debatable,
            _told(built.entry(tutorial.name)),
        )


def judge_again(gallery: Gallery, first: Built, second: Built) -> Iterator[Check]:
    """What passed in the first build was restored by the second."""
    for tutorial in gallery.tutorials:
        one, other = first.entry(tutorial.name), second.entry(tutorial.name)
        wrong = ""
        if one is None or one["status"] != "passed":
            wrong = f"the first build: {_told(one)}"
        elif other is None or other["action"] != "restore":
            wrong = f"the second build: {_told(other)}"
        elif "output of" not in second.page(tutorial.name):
            wrong = "the second build has no page with its output"
        yield Check(
            f"{gallery.name}/{tutorial.name}",
            gallery.clause,
            "is restored by the next build",
            wrong,
            tutorial.debatable,
        )


def ends(built: Built, code: int | None = None) -> Iterator[str]:
    """Whether a build ended by itself, and as it should."""
    if built.late:
        yield f"had to be ended after {built.seconds:.0f} s; ran: {built.stuck[:4]}"
    elif built.code is None or built.code < 0:
        yield f"was ended by signal {-(built.code or 0)}: {_last(built)}"
    elif code is not None and built.code != code:
        yield f"exit code {built.code}, not {code}: {_last(built)}"


def left_over(built: Built, repository: Repository) -> Iterator[str]:
    """What of a build is left running or lying about."""
    if built.left:
        yield f"runs: {built.left[:4]}"
    names = sorted(path.name for path in repository.tmp.iterdir())
    if names:
        yield f"in the temporary folder: {names[:4]}"


def untouched(repository: Repository, before: Mapping[str, object]) -> Iterator[str]:
    """What was changed outside of the generated folders."""
    status = repository.git("status", "--porcelain").strip()
    if status:
        yield f"git status: {status.splitlines()[:6]}"
    changed = changes(before, repository.snapshot())
    if changed:
        yield f"{len(changed)} changed: {changed[:6]}"


def terminal(built: Built, most: int = 2**16) -> Iterator[str]:
    """What is wrong with what a build printed."""
    try:
        text = built.output.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"the terminal's bytes are no UTF-8: {error}"
        text = built.said
    found = _CONTROL.search(text.replace("\r\n", "\n"))
    if found:
        around = text[max(0, found.start() - 40) : found.end() + 20]
        yield f"the terminal holds control characters: {around!r}"
    if built.size > most:
        yield f"printed {built.size} bytes, more than {most}"


def _ending(gallery: Gallery, built: Built) -> Iterator[str]:
    wrong = built.code == 0 and [
        entry["path"] for entry in built.data.get("tutorials", []) if entry["status"] == "failed"
    ]
    certain = any(one.want in (Want.FAIL, Want.DIAGNOSE) for one in gallery.tutorials)
    fails = wrong or certain
    open_end = any(one.want not in (Want.PASS, Want.FAIL) for one in gallery.tutorials)
    yield from ends(built, 1 if fails else None if open_end else 0)
    if not built.late and built.code not in (0, 1, None) and built.code > 0:
        yield f"exit code {built.code}: {_last(built)}"
    if gallery.tool_memory and built.tool_memory > gallery.tool_memory:
        yield f"the build held {built.tool_memory} MB, more than {gallery.tool_memory}"


def _neighbours(gallery: Gallery, built: Built) -> Iterator[str]:
    if built.report is None:
        yield f"no report: {_last(built)}"
        return
    for name in HEALTHY:
        entry, page = built.entry(name), built.page(name)
        if entry is None or entry["status"] != "passed":
            yield f"{name}: {_told(entry)}"
        elif "output of" not in page or SHARED.strip() not in page:
            yield f"{name} is not on the site"
        elif "environment False" not in page:
            yield f"{name} has another's environment"
    known = {one.name for one in gallery.tutorials}
    for entry in built.data.get("tutorials", []):
        name = entry["path"].removeprefix("/docs/tutorials/").removesuffix(".py")
        if entry["status"] == "failed" and name not in known and name not in HEALTHY:
            yield f"{name}: {_told(entry)}"


def _undiagnosed(gallery: Gallery, built: Built) -> Iterator[str]:
    if built.report is None:
        yield f"no report: {_last(built)}"
    known = {f"docs/tutorials/{one.name}.py" for one in gallery.tutorials}
    for found in built.data.get("diagnostics", []):
        # What names no file is sphinx-gallery's own word on names of files.
        if found["file"] and not found["file"].endswith(tuple(known)):
            yield f"{found['file']}:{found['line']}: {found['message'][:200]}"
    for name in HEALTHY:
        if built.report is not None and built.entry(name) is None:
            yield f"{name} is not in the report"
    for entry in built.data.get("tutorials", []):
        if entry["action"] == "execute" or entry["status"] in ("passed", "failed"):
            yield f"a precheck executed {entry['path']}: {_told(entry)}"


def _reports(gallery: Gallery, built: Built, repository: Repository) -> Iterator[str]:
    yield from terminal(built, 2**16 + 2**14 * len(gallery.tutorials))
    if built.report is None:
        yield f"no report: {_last(built)}"
        return
    try:
        data = json.loads(built.report.decode("utf-8"), parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except ValueError as error:
        yield f"report.json: {error}"
        return
    yield from _junit(built, data)
    if built.timeline and _CONTROL.search(built.timeline.decode("utf-8", "surrogateescape")):
        yield "timeline.html holds control characters"
    texts = {"the terminal": built.said} | {
        f"the page of {page.stem}": page.read_text(encoding="utf-8", errors="replace")
        for page in built.out.glob("gallery/**/*.html")
    }
    for entry in data["tutorials"]:
        failure = entry["failure"] or {"message": "", "traceback": ""}
        texts[f"the traceback of {entry['path']}"] = failure["traceback"] or ""
        texts[f"the message of {entry['path']}"] = failure["message"]
        if len(failure["traceback"] or "") > _LONGEST_TRACEBACK:
            yield f"the traceback of {entry['path']} has {len(failure['traceback'])} characters"
    for where, text in texts.items():
        if found := _OWN_FRAMES.search(text):
            yield f"{where} shows the tool: {found[0]}"
    closed = unreadable((built.out, repository.docs / "gallery"))
    if closed:
        yield f"{len(closed)} generated files cannot be read: {closed[:3]}"


def _junit(built: Built, data: Mapping[str, Any]) -> Iterator[str]:
    if built.junit is None:
        yield "no junit.xml"
        return
    try:
        root = ElementTree.fromstring(built.junit)
    except ElementTree.ParseError as error:
        yield f"junit.xml: {error}"
        return
    failed = {entry["path"] for entry in data["tutorials"] if entry["status"] == "failed"}
    named = {
        f"/{case.get('file')}" for case in root.iter("testcase") if case.find("failure") is not None
    }
    if missing := sorted(
        path for path in failed if path not in named and not _CONTROL.search(path)
    ):
        yield f"junit.xml does not name {missing[:4]}"
    if _CONTROL.search("".join(root.itertext())):
        yield "junit.xml holds control characters"


def _judge_tutorial(tutorial: Tutorial, built: Built, repository: Repository) -> Iterator[str]:
    entry = built.entry(tutorial.name)
    status = entry and entry["status"]
    if built.report is None:
        yield f"no report: {_last(built)}"
    elif tutorial.want is Want.PASS and status != "passed":
        yield f"should pass: {_told(entry)}"
    elif tutorial.want is Want.FAIL and status != "failed":
        yield f"should fail: {_told(entry)}"
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
        yield f"neither passed nor failed: {_told(entry)}"


def _judge_unexecuted(tutorial: Tutorial, built: Built, repository: Repository) -> Iterator[str]:
    if built.report is None:
        yield f"no report: {_last(built)}"
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
    if tutorial.want is Want.DISCARD and not _names(message, tutorial.path):
        yield f"does not name {tutorial.path}: {message[:300]!r}"
    if tutorial.line:
        line = repository.line(f"docs/tutorials/{tutorial.name}.py", tutorial.line)
        if failure["line"] != line:
            yield f"names line {failure['line']}, not {line}: {message[:200]!r}"
    if not built.diagnostics(tutorial.name):
        yield "its failure is no diagnostic"
    if f"docs/tutorials/{tutorial.name}.py" not in built.said and tutorial.name.isascii():
        yield "the terminal does not name it"


def _names(text: str, path: str) -> bool:
    """Whether a text names a path, and not one that only begins so."""
    return bool(path) and re.search(rf"{re.escape(path)}(?!\w)", text) is not None


def _diagnosed(tutorial: Tutorial, built: Built) -> Iterator[str]:
    found = built.diagnostics(tutorial.name)
    if len(found) != 1:
        messages = [entry["message"][:120] for entry in found][:3]
        told = _told(built.entry(tutorial.name))
        yield f"{len(found)} diagnostics, not one: {messages} {told}"
    for entry in found:
        if entry["line"] < 1:
            yield f"the diagnostic names no line: {entry['message'][:200]!r}"
        yield from _useless(entry["message"], tutorial)


def _useless(message: str, tutorial: Tutorial) -> Iterator[str]:
    if not message.strip():
        yield "the message is empty"
    if found := _CONTROL.search(message):
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


def _told(entry: Mapping[str, Any] | None) -> str:
    if entry is None:
        return "not in the report"
    message = (entry["failure"] or {}).get("message", "")
    return f"{entry['action']}, {entry['status']} {message[:300]!r}"


def _last(built: Built) -> str:
    rows = [row for row in built.said.strip().splitlines() if row.strip()]
    told = [row for row in rows if re.search(r"(?i)\berror:|\w(Error|Exception)\b", row)]
    return f"{' | '.join(told[-2:] or rows[-3:])[-300:]!r}"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
