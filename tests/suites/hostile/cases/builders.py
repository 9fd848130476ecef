"""Only builders that make pages execute; the others leave the last report alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ..harness.judge_build import ends, left_over
from ..harness.lab import REPORTS, Lab
from ..harness.model import BUILDERS, Check, Gallery, Scenario, Tutorial
from ..harness.play import make
from ..harness.repository import Repository

CONF = 'extensions += ["sphinx.ext.doctest", "sphinx.ext.coverage"]\n'
RUNS = 'with open("@SCRATCH@/runs.log", "a") as log:\n    log.write("@NAME@\\n")\n'

CHECKING = ("linkcheck", "gettext", "doctest", "dummy", "coverage", "changes")
MAKING = ("html", "dirhtml", "singlehtml", "epub", "latex")


def _repository(lab: Lab) -> Repository:
    gallery = Gallery(
        "",
        BUILDERS,
        (
            Tutorial("runs_one", RUNS),
            Tutorial("runs_two", RUNS),
            Tutorial(
                "hangs",
                RUNS + "import time\ntime.sleep(300)",
                comments="# sphinx_gallery_timeout = 2",
            ),
            Tutorial("kills", RUNS + "import os\nos._exit(3)"),
        ),
        conf=CONF,
    )
    return make(gallery, lab)


def _runs(repository: Repository) -> list[str]:
    log = repository.scratch / "runs.log"
    return log.read_text().split() if log.exists() else []


def _check(what: str, wrong: list[str], builder: str) -> Check:
    return Check(f"-b {builder}", BUILDERS, what, "; ".join(wrong))


def _executed(repository: Repository) -> list[str]:
    """What is wrong if anything was executed; it is forgotten for the next build."""
    runs = _runs(repository)
    (repository.scratch / "runs.log").unlink(missing_ok=True)
    return [f"executed {runs}"] if runs else []


def _checking(lab: Lab) -> Iterator[Check]:
    """From nothing, and after a site was built; each in one repository."""
    repository = _repository(lab)
    state = repository.docs / "_build" / "docent"
    reports = [state / name for name in REPORTS]
    for builder in CHECKING:
        built = lab.build(repository, builder, limit=40)
        wrong = [*ends(built, 0), *left_over(built, repository), *_executed(repository)]
        wrong += [f"made {path.name}" for path in reports if path.exists()]
        yield _check("from nothing: ends well, executes nothing, makes no report", wrong, builder)
    first = lab.build(repository)
    (repository.scratch / "runs.log").unlink(missing_ok=True)
    if missing := [path.name for path in reports if not path.exists()]:
        yield _check("makes reports", [f"no {missing}: {first.said[-300:]}"], "html")
    yield from _leave_alone([path for path in reports if path.exists()], repository, lab)
    last = lab.build(repository)
    ran = [name for name in _runs(repository) if name.startswith("runs")]
    wrong = [f"executed {ran}"] if ran else []
    if "output of" not in last.page("runs_one"):
        wrong.append("the page lost its output")
    yield _check("after all of them the site is as before, and nothing is executed", wrong, "html")


def _leave_alone(reports: list[Path], repository: Repository, lab: Lab) -> Iterator[Check]:
    """Whether the reports of the last site stay as they are."""
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in reports}
    for builder in CHECKING:
        built = lab.build(repository, builder, limit=40, keep_report=True)
        wrong = [*ends(built, 0), *_executed(repository)]
        wrong += [
            f"{path.name} was {'changed' if path.exists() else 'removed'}"
            for path, old in before.items()
            if not path.exists() or (path.read_bytes(), path.stat().st_mtime_ns) != old
        ]
        yield _check("after a site: executes nothing, leaves the report alone", wrong, builder)
        for path, (data, _) in before.items():  # for the next builder
            path.write_bytes(data)
        before = {path: (data, path.stat().st_mtime_ns) for path, (data, _) in before.items()}


def _making(lab: Lab, builder: str) -> Iterator[Check]:
    """A builder of pages executes, and reports."""
    repository = _repository(lab)
    built = lab.build(repository, builder)
    wrong = [*ends(built, 1), *left_over(built, repository)]
    if sorted(_runs(repository)) != ["hangs", "kills", "runs_one", "runs_two"]:
        wrong.append(f"executed {_runs(repository)}")
    if built.data.get("builder") != builder:
        wrong.append(f"the report is of {built.data.get('builder')}")
    yield Check(f"-b {builder}", BUILDERS, "executes each once, and reports", "; ".join(wrong))


def _precheck(lab: Lab) -> Iterator[Check]:
    """A precheck executes nothing."""
    repository = _repository(lab)
    built = lab.build(repository, "precheck")
    wrong = [*ends(built, 0), *_executed(repository)]
    yield _check("ends well and executes nothing", wrong, "precheck")


CASES = [
    Scenario("checking builders", BUILDERS, _checking),
    Scenario("precheck", BUILDERS, _precheck),
    *(Scenario(f"builder {name}", BUILDERS, partial(_making, builder=name)) for name in MAKING),
]
