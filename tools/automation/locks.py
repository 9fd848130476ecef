"""Reads lock files, and tells how two of them differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .project import ROOT


def lock_difference(old: Path, new: Path) -> Iterator[str]:
    """A unified diff of what two locks install; files that were uploaded later are none."""
    before = read_lock(old) if old.is_file() else {}
    after = {
        pin: hashes & before.get(pin, set()) or hashes for pin, hashes in read_lock(new).items()
    }
    return line_difference(old, lock_lines(before), lock_lines(after))


def line_difference(file: Path, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """A unified diff of a file's lines."""
    name = file.relative_to(ROOT).as_posix()
    return difflib.unified_diff(before, after, name, f"{name} (new)", lineterm="", n=0)


def lock_lines(pins: Mapping[str, set[str]]) -> list[str]:
    """One line for each pin and each hash, in order."""
    return [
        line for pin in sorted(pins) for line in (pin, *(f"    {h}" for h in sorted(pins[pin])))
    ]


def read_lock(lock: Path) -> dict[str, set[str]]:
    """What a lock installs: each pin, with its marker, and its hashes."""
    text = re.sub(r"\\\n", " ", lock.read_text("utf-8"))
    lines = [re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines()]
    entries = [line.split("--hash=") for line in lines if line.strip()]
    return {" ".join(pin.split()): {h.strip() for h in hashes} for pin, *hashes in entries}
