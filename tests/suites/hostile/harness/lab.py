"""Runs ``sphinx-build`` on a case's repository, watched."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .repository import Repository

REPORTS = ("report.json", "junit.xml", "timeline.html")
_WATCH = Path(__file__).with_name("watch.py")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNWANTED = (
    "CUDA_VISIBLE_DEVICES",
    "GITHUB_ACTIONS",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "SPHINXOPTS",
    "TVM_TUTORIAL_EXEC_PATTERN",
)


@dataclass(frozen=True, slots=True)
class Bench:
    """How all cases are run.

    :param python: the interpreter that has Sphinx and its extensions.
    :param source: is put on ``PYTHONPATH``; empty: nothing is.
    :param mode: becomes ``DOCENT_ISOLATION``; empty: it is not set.
    :param uid: of the user who builds; ``None``: who runs the suite.
    :param folder: where repositories are made.
    :param keep: whether they stay.
    """

    python: str
    source: str
    mode: str
    uid: int | None
    folder: Path
    keep: bool = False

    @property
    def as_root(self) -> bool:
        """Whether builds run as root."""
        return (os.getuid() if self.uid is None else self.uid) == 0

    @property
    def environment(self) -> dict[str, str]:
        """The variables of all builds, but for their folders."""
        kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
        source = self.source or kept.get("PYTHONPATH", "")
        kept.pop("PYTHONPATH", None)
        return {
            **kept,
            **({"PYTHONPATH": source} if source else {}),
            **({"DOCENT_ISOLATION": self.mode} if self.mode else {}),
            "PYTHONIOENCODING": "utf-8",
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
        }


@dataclass(frozen=True, slots=True)
class Built:
    """What one ``sphinx-build`` gave.

    :param code: its exit code; ``None`` if it had to be ended.
    :param left: processes that ran on after it.
    :param stuck: processes that ran when it had to be ended.
    :param tool_memory: MB that the build or its server held at most.
    :param size: bytes that it printed; ``output`` may be less.
    :param report: the text of ``report.json``, ``None`` if there is none.
    """

    builder: str
    out: Path
    code: int | None
    late: bool
    seconds: float
    left: list[str]
    stuck: list[str]
    tool_memory: int
    size: int
    output: bytes
    report: bytes | None
    junit: bytes | None
    timeline: bytes | None

    @property
    def said(self) -> str:
        """What it printed."""
        return self.output.decode("utf-8", errors="backslashreplace")

    @property
    def data(self) -> dict[str, Any]:
        """The report; empty if there is none or it is none."""
        try:
            data = json.loads(self.report or b"{}")
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def entry(self, name: str) -> dict[str, Any] | None:
        """The report's entry of a tutorial, by its path below ``docs/tutorials``."""
        path = f"/docs/tutorials/{shown(name)}.py"
        entries = self.data.get("tutorials", [])
        return next((entry for entry in entries if shown(entry["path"]) == path), None)

    def diagnostics(self, name: str) -> list[dict[str, Any]]:
        """The diagnostics at a tutorial."""
        ending = f"docs/tutorials/{shown(name)}.py"
        found = self.data.get("diagnostics", [])
        return [entry for entry in found if shown(entry["file"]).endswith(ending)]

    def page(self, name: str) -> str:
        """What a reader of a tutorial's page reads; empty if there is no page."""
        names = (name, unicodedata.normalize("NFC", name))  # as Sphinx writes it
        files = [self.out / "gallery" / f"{one}.html" for one in names]
        file = next((file for file in files if file.is_file()), None)
        if file is None:
            return ""
        text = file.read_text(encoding="utf-8", errors="replace")
        body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", "", text)
        return html.unescape(re.sub(r"<[^>]+>", "", body))


class Lab:
    """What a case can do: make repositories and build them."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._made: list[Repository] = []
        self._pool = ThreadPoolExecutor()

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
        if not self.bench.keep:
            for repository in self._made:
                repository.remove()

    def repository(self) -> Repository:
        """A new one, with no tutorial yet."""
        base = Path(tempfile.mkdtemp(prefix="case-", dir=self.bench.folder))
        base.chmod(0o755)
        made = Repository(base)
        self._made.append(made)
        return made

    def start(self, repository: Repository, builder: str = "html", **more: Any) -> Future[Built]:
        """Begin a build; see :meth:`build`."""
        return self._pool.submit(self.build, repository, builder, **more)

    def build(
        self,
        repository: Repository,
        builder: str = "html",
        *,
        out: str = "",
        options: tuple[str, ...] = (),
        env: Mapping[str, str] | None = None,
        limit: float = 60,
        keep_report: bool = False,
        cgroup: str | None = None,
        command: tuple[str, ...] = (),
    ) -> Built:
        """Run ``sphinx-build``.

        :param out: name of the folder in ``docs/_build``; the builder's name if not given.
        :param keep_report: whether the last build's report stays where it is.
        :param command: is run in place of ``sphinx-build``.
        """
        folder = repository.docs / "_build" / (out or builder)
        state = repository.docs / "_build" / "docent"
        if not keep_report:
            for name in REPORTS:
                (state / name).unlink(missing_ok=True)
        sphinx = (self.bench.python, "-m", "sphinx", "-b", builder, *options)
        request = {
            "command": command or (*sphinx, str(repository.docs), str(folder)),
            "cwd": str(repository.root),
            "env": {
                **self.bench.environment,
                "HOME": str(repository.home),
                "TMPDIR": str(repository.tmp),
                **(env or {}),
            },
            "uid": self.bench.uid,
            "limit": limit,
            "memory": 3 * 2**30,
            "cgroup": cgroup,
        }
        return Built(builder, folder, **_watched(request), **_reports(state))


def shown(name: str) -> str:
    r"""A file's name as reports show it: where it cannot be shown it is ``\x1b``, ``\udcff``."""
    return _UNSHOWN.sub(_escaped, name)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _watched(request: Mapping[str, Any]) -> dict[str, Any]:
    """What the program that runs a build and watches it has to tell."""
    done = subprocess.run(
        [sys.executable, str(_WATCH)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=request["limit"] + 60,
        check=True,
    )
    result = json.loads(done.stdout)
    return {**result, "output": bytes.fromhex(result["output"])}


def _reports(state: Path) -> dict[str, Any]:
    report, junit, timeline = (_bytes(state / name) for name in REPORTS)
    return {"report": report, "junit": junit, "timeline": timeline}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
