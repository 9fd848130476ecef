"""Makes locks with uv, in a folder of their own, from ``.in`` files that lie elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

from invoke import Exit

from .locks import read_lock
from .programs import tool
from .project import LAYOUT, ROOT
from .unhashed import requirement_lines, unhashed_file

REFERENCE = re.compile(r"^(-r|-c|--requirement|--constraint)([\s=]*)(\S+)", re.MULTILINE)
HEADER = "# Installed after {lock}, without dependencies: what has no hash. By: invoke freeze\n"


def lay_out(sources: Mapping[str, Path], work: Path) -> None:
    """Copy the sources and what of the locks is to stay."""
    work.mkdir()
    for name, source in sources.items():
        text = source.read_text(encoding="utf-8")
        moved = REFERENCE.sub(partial(_moved, source.parent, work), text)
        (work / source.name).write_text(moved, encoding="utf-8")
        _write_preferences(source.with_suffix(".txt"), work / f"{name}.txt")
    for lock in work.parent.parent.glob("*.txt"):
        if not (work / lock.name).exists() and lock.stem not in sources:
            shutil.copyfile(lock, work / lock.name)


def _moved(folder: Path, work: Path, found: re.Match[str]) -> str:
    """A reference as it reads from the other folder; files beside each other stay so."""
    option, space, target = found.groups()
    if "/" not in target or "://" in target:
        return found[0]
    return f"{option}{space}{Path(os.path.relpath(folder / target, work)).as_posix()}"


def _write_preferences(lock: Path, copy: Path) -> None:
    """The old lock's pins, which uv prefers; without hashes, so that it looks for all of them."""
    if lock.is_file():
        lines = [*read_lock(lock), *requirement_lines(unhashed_file(lock))]
        copy.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def in_order(sources: Mapping[str, Path]) -> Iterator[str]:
    """The names, those that another one builds on (``-r x.in``, ``-c x.txt``) before it."""
    builds_on = {
        name: [
            Path(target).stem
            for _, _, target in REFERENCE.findall(source.read_text("utf-8"))
            if "/" not in target
        ]
        for name, source in sources.items()
    }
    return (name for name in TopologicalSorter(builds_on).static_order() if name in sources)


def compile_lock(name: str, work: Path, flags: Sequence[str]) -> None:
    """Resolve one ``.in`` for every Python and platform at once, and set apart what has no hash."""
    source = os.path.relpath(work / f"{name}.in", ROOT)
    lock = work / f"{name}.txt"
    command = [*tool("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", LAYOUT.python, "--custom-compile-command", "invoke freeze"]
    command += [*flags, source, "--output-file", str(lock)]
    done = subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        shown = f"{LAYOUT.requirements}/{name}.in"
        raise Exit(f"freeze: cannot lock {shown} (see above); no lock was changed", code=2)
    text = _as_seen_from_root(lock.read_text("utf-8"), work)
    hashed, without = split_lock(text)
    lock.write_text(hashed, encoding="utf-8")
    if without:
        lines = HEADER.format(lock=lock.name) + "".join(f"{line}\n" for line in without)
        unhashed_file(lock).write_text(lines, encoding="utf-8")


def _as_seen_from_root(text: str, work: Path) -> str:
    """The lock with the true names of the files that asked for something."""

    def true_name(found: re.Match[str]) -> str:
        path = os.path.normpath(ROOT / found[2])
        path = path.replace(str(work), str(ROOT / LAYOUT.requirements))
        return f"{found[1]}{Path(os.path.relpath(path, ROOT)).as_posix()}"

    return re.sub(r"((?:# via|#  +) -[rc] )(\S.*\.(?:in|txt))$", true_name, text, flags=re.M)


def split_lock(text: str) -> tuple[str, list[str]]:
    """What a lock says with hashes, and the requirements without."""
    blocks: list[list[str]] = []
    for line in text.splitlines(keepends=True):
        if blocks and line.startswith((" ", "\t")):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    with_hash = [b for b in blocks if "--hash=" in "".join(b) or b[0].startswith(("#", "--"))]
    without = [b[0].strip() for b in blocks if b not in with_hash and b[0].strip()]
    return "".join("".join(block) for block in with_hash), without
