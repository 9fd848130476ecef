"""``invoke freeze``: locks the requirements, with hashes."""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from invoke import Context, Exit, task

from .compiling import compile_lock, in_order, lay_out
from .locks import line_difference, lock_difference, read_lock
from .project import LAYOUT, ROOT
from .unhashed import requirement_lines, unhashed_file

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
        raise Exit(f"freeze: no *.in file in {LAYOUT.requirements}", code=2)
    refuse_unknown(packages)
    refuse_foreign(sources)
    flags = ["--upgrade"] if upgrade else []
    flags += [word for name in packages for word in ("--upgrade-package", name)]
    with tempfile.TemporaryDirectory(prefix=".freeze-", dir=REQUIREMENTS) as folder:
        work = Path(folder, REQUIREMENTS.name)
        lay_out(sources, work)
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


def refuse_foreign(sources: Mapping[str, Path]) -> None:
    """A file in the place of a lock that is none was written by somebody, and stays."""
    for source in sources.values():
        lock = source.with_suffix(".txt")
        if lock.is_file() and not all("==" in pin for pin in read_lock(lock)):
            shown = lock.relative_to(ROOT)
            raise Exit(
                f"freeze: {shown} is no lock, and would be lost: move it away, or name another"
                " folder for locks in pyproject.toml ([tool.docent] requirements)",
                code=2,
            )


def replace_locks(sources: Mapping[str, Path], work: Path) -> None:
    """Move the new locks in place of the old ones, and say which differ."""
    for source in sources.values():
        old = source.with_suffix(".txt")
        for path in (old, unhashed_file(old)):
            new = work / path.name
            if not new.is_file():
                path.unlink(missing_ok=True)
                continue
            changed = not path.is_file() or path.read_bytes() != new.read_bytes()
            new.replace(path)
            print(f"{path.relative_to(ROOT)}: {'written' if changed else 'unchanged'}")


def report_differences(sources: Mapping[str, Path], work: Path) -> None:
    """Exit 1 if a lock does not hold what its ``.in`` asks for."""
    differences = [line for name in sources for line in differences_of(name, work)]
    if differences:
        print("\n".join(differences))
        raise Exit("freeze: the locks are out of date: run invoke freeze", code=1)
    print("The locks are up to date.")


def differences_of(name: str, work: Path) -> Iterator[str]:
    """How a lock, and what belongs beside it, would change."""
    old, new = REQUIREMENTS / f"{name}.txt", work / f"{name}.txt"
    yield from lock_difference(old, new)
    old, new = unhashed_file(old), unhashed_file(new)
    yield from line_difference(old, requirement_lines(old), requirement_lines(new))
