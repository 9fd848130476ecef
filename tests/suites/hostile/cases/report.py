"""What the report says of isolation, for each tutorial."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..harness.judge_build import ends
from ..harness.lab import Lab
from ..harness.model import REPORT, Check, Gallery, Scenario, Tutorial
from ..harness.play import make


def _keys(data: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield f"{prefix}{name}", value
            yield from _keys(value, f"{prefix}{name}.")


def _says_how(lab: Lab) -> Iterator[Check]:
    starts = 'import subprocess\nsubprocess.run(["true"])'
    gallery = Gallery("", REPORT, (Tutorial("starts", starts), Tutorial("plain", "x = 1")))
    repository = make(gallery, lab)
    built = lab.build(repository)
    entries = {name: dict(_keys(built.entry(name) or {})) for name in ("starts", "plain")}
    debatable = "the name of the field is not fixed"

    def check(what: str, wrong: bool, found: object) -> Check:
        return Check("fields", REPORT, what, str(found) if wrong else "", debatable)

    yield Check("fields", REPORT, "the build ends well", "; ".join(ends(built, 0)))
    for word in ("isol", "observ"):
        found = {key: value for key, value in entries["plain"].items() if word in key.lower()}
        wrong = not any(found.values())
        yield check(f"each tutorial has a field '{word}...'", wrong, sorted(entries["plain"]))
    started = {key: value for key, value in entries["starts"].items() if "process" in key.lower()}
    other = {key: value for key, value in entries["plain"].items() if "process" in key.lower()}
    wrong = not started or started == other
    yield check("it tells who started processes", wrong, f"{started} {other}")
    again = lab.build(repository)
    restored = dict(_keys(again.entry("plain") or {}))
    wrong = not any("isol" in key.lower() and value for key, value in restored.items())
    yield check("also of a restored result", wrong, json.dumps(restored)[:300])


CASES = [Scenario("report's fields", REPORT, _says_how)]
