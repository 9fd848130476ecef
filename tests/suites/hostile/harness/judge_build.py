"""What anybody asks of a build: whether it ended, what it left, what it printed and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .lab import Built
from .repository import Repository, changes

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def executes(built: Built) -> bool:
    """Whether it was a build of the site, and not a precheck."""
    return built.builder != "precheck"


def ends(built: Built, code: int | None = None) -> Iterator[str]:
    """Whether a build ended by itself, and as it should."""
    if built.late:
        yield f"had to be ended after {built.seconds:.0f} s; ran: {built.stuck[:4]}"
    elif built.code is None or built.code < 0:
        yield f"was ended by signal {-(built.code or 0)}: {last(built)}"
    elif code is not None and built.code != code:
        yield f"exit code {built.code}, not {code}: {last(built)}"


def left_over(built: Built, repository: Repository) -> Iterator[str]:
    """What of a build is left running or lying about."""
    if built.left:
        yield f"runs: {built.left[:4]}"
    lying = sorted(path.name for path in repository.tmp.iterdir())
    if lying:
        yield f"in the temporary folder: {lying[:4]}"


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
    found = CONTROL.search(text.replace("\r\n", "\n"))
    if found:
        around = text[max(0, found.start() - 40) : found.end() + 20]
        yield f"the terminal holds control characters: {around!r}"
    if built.size > most:
        yield f"printed {built.size} bytes, more than {most}"


def told(entry: Mapping[str, Any] | None) -> str:
    """What the report has of a tutorial, in a line."""
    if entry is None:
        return "not in the report"
    message = (entry["failure"] or {}).get("message", "")
    return f"{entry['action']}, {entry['status']} {message[:300]!r}"


def last(built: Built) -> str:
    """The last that a build printed; of errors, if there are any."""
    rows = [row for row in built.said.strip().splitlines() if row.strip()]
    errors = [row for row in rows if re.search(r"(?i)\berror:|\w(Error|Exception)\b", row)]
    return f"{' | '.join(errors[-2:] or rows[-3:])[-300:]!r}"


def names(text: str, path: str) -> bool:
    """Whether a text names a path, and not one that only begins so."""
    return bool(path) and re.search(rf"{re.escape(path)}(?!\w)", text) is not None
