"""What the tests of the execution engine share: builds that are watched from outside."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.helpers.sites import SRC, Site

from sphinx_docent.cache.entry import digest

MARK = "DOCENT_TEST_BUILD"
"""Environment variable that every process below a build carries, whatever becomes of it."""


class Running:
    """A build that goes on while the test looks."""

    def __init__(self, site: Site, *options: str, builder: str = "html") -> None:
        self.site = site
        self.mark = uuid.uuid4().hex
        out = site.docs / "_build" / builder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sphinx", "-b", builder, *options, str(site.docs), str(out)],
            env={**clean_environment(), "RUNS": str(site.log), MARK: self.mark},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds; the build must still run then."""
        wait_until(lambda: condition() or self.process.poll() is not None, seconds)
        assert condition(), self.output()

    def left(self) -> list[str]:
        """The command lines of all processes of this build that run."""
        return processes(self.mark)

    def output(self, seconds: float = 60) -> str:
        """Wait for the end."""
        return self.process.communicate(timeout=seconds)[0]

    def end(self) -> None:
        """End whatever a failed test has left."""
        for pid in pids(self.mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()


@contextlib.contextmanager
def running(site: Site, *options: str, builder: str = "html") -> Iterator[Running]:
    """A build in the background; nothing of it is left afterwards."""
    build = Running(site, *options, builder=builder)
    try:
        yield build
    finally:
        build.end()


def clean_environment() -> dict[str, str]:
    """Variables for a build, without those of the outer test run that would reach into it."""
    unwanted = ("GITHUB_ACTIONS", "PYTHONDONTWRITEBYTECODE", "SPHINXOPTS", "PYTHONPATH")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.endswith("_NUM_THREADS")
    }
    kept.pop("TVM_TUTORIAL_EXEC_PATTERN", None)
    return {**kept, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait at most so long; whether the condition holds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def pids(mark: str) -> list[int]:
    """The processes that carry a mark in their environment, but for zombies."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and folder.name != str(os.getpid()):
            with contextlib.suppress(OSError):
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                if state != "Z" and f"{MARK}={mark}".encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
    return found


def processes(mark: str) -> list[str]:
    """Their command lines."""
    lines = []
    for pid in pids(mark):
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            lines.append(f"{pid}: " + b" ".join(words).decode(errors="replace"))
    return lines


def commit(site: Site) -> None:
    """Make the site a real repository whose files are all committed."""
    site.write(".gitignore", "_build/\n/docs/gallery/\nsg_execution_times.rst\nruns.log\n")
    (site.root / ".git").rmdir()
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "All")


def git(site: Site, *words: str) -> str:
    """Run git in the site's repository."""
    return subprocess.run(
        ["git", *words], cwd=site.root, check=True, capture_output=True, text=True
    ).stdout


def contents(folder: Path, *without: str) -> dict[str, bytes]:
    """All files of a folder by relative name.

    :param without: beginnings of names that are left out.
    """
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(folder).as_posix()).startswith(tuple(without))
    }


def unzipped(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same, archives replaced by what they hold: they also hold when it was written."""
    members = {
        f"{name}/{member}": archive.read(member)
        for name, data in files.items()
        if name.endswith(".zip")
        for archive in [zipfile.ZipFile(io.BytesIO(data))]
        for member in archive.namelist()
    }
    return {name: data for name, data in files.items() if not name.endswith(".zip")} | members


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names of files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def code_of(notebook: bytes) -> list[str]:
    """The code of a notebook's cells; the text is ours, not sphinx-gallery's."""
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]).strip() for cell in cells if cell["cell_type"] == "code"]


def executed(site: Site) -> set[str]:
    """The paths that the last build executed, from its report."""
    report = json.loads((site.docs / "_build" / "docent" / "report.json").read_bytes())
    return {entry["path"] for entry in report["tutorials"] if entry["action"] == "execute"}


def split(entry: Path) -> tuple[dict[str, Any], bytes]:
    """What the first line of a cache's entry says, and the bytes after it."""
    line, _, data = entry.read_bytes().partition(b"\n")
    return json.loads(line), data


def rewrite(entry: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the first line as one would who knows how its digest is made."""
    body, data = split(entry)
    del body["sha256"]
    change(body)
    line = json.dumps({**body, "sha256": digest(body)}).encode()
    entry.write_bytes(line + b"\n" + data)
