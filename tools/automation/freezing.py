"""``invoke freeze``: locks the requirements, with hashes."""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

from invoke import Context, Exit, task

from .locks import lock_difference, read_lock
from .programs import tool
from .project import LAYOUT, ROOT

REQUIREMENTS = ROOT / LAYOUT.requirements


@task(
    iterable=["package"],
    help={
        "upgrade": "take the newest release of everything",
        "package": "NAME: take the newest release of this package (may be given again)",
        "check": "write nothing; exit 1 and show the difference if a lock is out of date",
    },
)
def freeze(
    _: Context, upgrade: bool = False, package: list[str] | None = None, check: bool = False
) -> None:
    """Lock requirements/*.in into *.txt, with hashes.

    Each lock holds for every supported Python and platform. Pins stay as they are unless an .in
    file or a flag asks for another; if one lock cannot be made, all stay as they were.
    """
    packages = package or []
    if check and (upgrade or packages):
        raise Exit("freeze: --check looks at the locks as they are; leave the others out", code=2)
    sources = {path.stem: path for path in sorted(REQUIREMENTS.glob("*.in"))}
    if not sources:
        raise Exit(f"freeze: no *.in file in {REQUIREMENTS.relative_to(ROOT)}", code=2)
    refuse_unknown(packages)
    flags = ["--upgrade"] if upgrade else []
    flags += [word for name in packages for word in ("--upgrade-package", name)]
    with tempfile.TemporaryDirectory(prefix=".freeze-", dir=REQUIREMENTS) as folder:
        work = Path(folder, REQUIREMENTS.name)
        work.mkdir()
        for name, source in sources.items():
            shutil.copyfile(source, work / source.name)
            write_preferences(source.with_suffix(".txt"), work / f"{name}.txt")
        for name in in_order(sources):
            compile_lock(name, work, flags)
        if check:
            report_differences(sources, work)
        else:
            replace_locks(sources, work)


def refuse_unknown(packages: Sequence[str]) -> None:
    """A name that no lock has is a slip of the pen."""
    pins = {
        pin.partition("==")[0] for lock in REQUIREMENTS.glob("*.txt") for pin in read_lock(lock)
    }
    for package in packages:
        name = re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~]", package)[0]).lower()
        if pins and name not in pins:
            near = ", ".join(difflib.get_close_matches(name, pins)) or "none is like it"
            raise Exit(f"freeze: no lock has the package {name!r}; nearest: {near}", code=2)


def in_order(sources: Mapping[str, Path]) -> Iterator[str]:
    """The names, those that another one builds on (``-r x.in``, ``-c x.txt``) before it."""
    builds_on = {
        name: re.findall(r"^-[rc]\s*(\S+)\.(?:in|txt)\s*$", source.read_text("utf-8"), re.MULTILINE)
        for name, source in sources.items()
    }
    return (name for name in TopologicalSorter(builds_on).static_order() if name in sources)


def write_preferences(lock: Path, copy: Path) -> None:
    """The old lock's pins, which uv prefers; without hashes, so that it looks for all of them."""
    if lock.is_file():
        copy.write_text("".join(f"{pin}\n" for pin in read_lock(lock)), encoding="utf-8")


def compile_lock(name: str, work: Path, flags: Sequence[str]) -> None:
    """Resolve one ``.in`` for every Python and platform at once."""
    command = [*tool("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", LAYOUT.python, "--custom-compile-command", "invoke freeze"]
    command += [*flags, f"{work.name}/{name}.in", "--output-file", f"{work.name}/{name}.txt"]
    done = subprocess.run(command, cwd=work.parent, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        message = f"freeze: cannot lock {work.name}/{name}.in (see above); no lock was changed"
        raise Exit(message, code=2)


def replace_locks(sources: Mapping[str, Path], work: Path) -> None:
    """Move the new locks in place of the old ones, and say which differ."""
    for name, source in sources.items():
        old, new = source.with_suffix(".txt"), work / f"{name}.txt"
        changed = not old.is_file() or old.read_bytes() != new.read_bytes()
        new.replace(old)
        print(f"{old.relative_to(ROOT)}: {'written' if changed else 'unchanged'}")


def report_differences(sources: Mapping[str, Path], work: Path) -> None:
    """Exit 1 if a lock does not hold what its ``.in`` asks for."""
    differences = [
        line
        for name, source in sources.items()
        for line in lock_difference(source.with_suffix(".txt"), work / f"{name}.txt")
    ]
    if differences:
        print("\n".join(differences))
        raise Exit("freeze: the locks are out of date: run invoke freeze", code=1)
    print("The locks are up to date.")
