"""What is installed beside a lock: the project itself, folders, wheels, commits. None has a hash.

``docs.in`` may ask for them in pip's own words: ``-e .``, ``./tools/theme``, ``name @ git+…``.
Paths begin at the project's root. :mod:`.freezing` locks what they depend on in ``docs.txt``, and
writes them into ``docs-unhashed.txt``, which is installed after it, without dependencies.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

SUFFIX = "-unhashed"
PASSED_OVER = {"__pycache__", "build", "dist", "node_modules"}
FACTS = ("pyproject.toml", "setup.py", "setup.cfg")
"""Of what is installed editable: when these change, it has to be installed again."""


def unhashed_file(lock: Path) -> Path:
    """Where the requirements without hashes stand that belong to a lock."""
    return lock.with_name(f"{lock.stem}{SUFFIX}.txt")


def installer_words(file: Path) -> Iterator[list[str]]:
    """The words that pip or uv takes for each line."""
    for line in requirement_lines(file):
        editable = re.match(r"(?:-e|--editable)[\s=]*(.+)", line)
        yield ["-e", editable[1]] if editable else [line]


def requirement_lines(file: Path) -> list[str]:
    """The lines that ask for something; none if there is no such file."""
    text = file.read_text("utf-8") if file.is_file() else ""
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def fingerprint(file: Path, root: Path) -> bytes:
    """Changes when a line does, or what a line leads to on this machine."""
    found = [f"{line}\n{''.join(_state(line, root))}" for line in requirement_lines(file)]
    return "".join(found).encode("utf-8", "surrogateescape")


def _state(line: str, root: Path) -> Iterator[str]:
    is_editable = line.startswith(("-e", "--editable"))
    path = root / local_path(line)
    if not path.exists() or "://" in line.replace("file://", ""):
        return
    if path.is_file():
        yield _look(path)
    elif is_editable:
        yield from (_look(path / name) for name in FACTS if (path / name).is_file())
    else:
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(n for n in folders if n not in PASSED_OVER and n[0] not in "._")
            yield from (_look(Path(folder, n)) for n in sorted(names) if not n.startswith("."))


def local_path(line: str) -> str:
    """The path in ``-e ./path[extra]``, ``name @ file:///path`` and their like."""
    path = re.sub(r"^(?:-e|--editable)[\s=]*", "", line)
    path = re.sub(r"^[\w.-]+(\[[^]]*\])?\s*@\s*", "", path).removeprefix("file://")
    return re.sub(r"(\[[^]]*\])?(\s*;.*)?$", "", path)


def _look(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return ""
    return f"{path} {facts.st_size} {facts.st_mtime_ns}\n"
