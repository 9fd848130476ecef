"""What is wrong with the reports, the terminal and the pages of a build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from .judge_build import CONTROL, last, terminal
from .lab import Built
from .model import Gallery
from .repository import Repository, unreadable

_OWN_FRAMES = re.compile(r"sphinx_docent[/\\][\w/\\]*\.py|watched_import")
_LONGEST_TRACEBACK = 100_000


def reports(gallery: Gallery, built: Built, repository: Repository) -> Iterator[str]:
    yield from terminal(built, 2**16 + 2**14 * len(gallery.tutorials))
    if built.report is None:
        yield f"no report: {last(built)}"
        return
    try:
        data = json.loads(built.report.decode("utf-8"), parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except ValueError as error:
        yield f"report.json: {error}"
        return
    yield from _junit(built, data)
    if built.timeline and CONTROL.search(built.timeline.decode("utf-8", "surrogateescape")):
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
    if missing := sorted(path for path in failed if path not in named and not CONTROL.search(path)):
        yield f"junit.xml does not name {missing[:4]}"
    if CONTROL.search("".join(root.itertext())):
        yield "junit.xml holds control characters"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
