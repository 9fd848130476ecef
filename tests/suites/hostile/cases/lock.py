"""One build at a time in a checkout, and none that waits for its own parent."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..harness.judge_build import ends, left_over
from ..harness.lab import Built, Lab
from ..harness.model import LOCK, Check, Gallery, Scenario, Tutorial
from ..harness.play import make
from ..harness.repository import Repository

# A build that an event of the outer one starts; it is not to start another.
NESTED = """
import os, subprocess, sys

def nested(app, *_):
    if "NESTED" in os.environ:
        return
    environment = {{**os.environ, "NESTED": "1"}}
    out = os.path.join(app.srcdir, "_build", "nested")
    words = [sys.executable, "-m", "sphinx", "-b", "{builder}", str(app.srcdir), out]
    done = {run}
    print("the nested build ended with", done.returncode, flush=True)

def setup(app):
    app.connect("{event}", nested, priority={priority})
"""

RUN = {
    "itself": "subprocess.run(words, env=environment)",
    "through a shell": (
        'subprocess.run(" ".join(words), shell=True, env=environment, start_new_session=True)'
    ),
    "through another program": ('subprocess.run(["env", *words], env=environment, close_fds=True)'),
}


@dataclass(frozen=True, slots=True)
class Nest:
    """How an inner build is started."""

    builder: str = "html"
    event: str = "build-finished"
    priority: int = 200
    run: str = "itself"

    @property
    def name(self) -> str:
        """In words."""
        return f"{self.builder} {self.run} in {self.event} at {self.priority}"


NESTS = (
    Nest(),
    Nest(priority=800),
    Nest(builder="precheck"),
    Nest(builder="dummy"),
    Nest(builder="linkcheck"),
    Nest(builder="singlehtml"),
    Nest(run="through a shell"),
    Nest(run="through another program"),
    Nest(event="env-updated"),
    Nest(event="builder-inited", priority=900),
)


def _nested(lab: Lab, nest: Nest) -> Iterator[Check]:
    conf = NESTED.format(
        builder=nest.builder, event=nest.event, priority=nest.priority, run=RUN[nest.run]
    )
    repository = make(Gallery("", LOCK, (Tutorial("one", "x = 1"),), conf=conf), lab)
    built = lab.build(repository, limit=45)
    wrong = [*ends(built, 0), *left_over(built, repository)]
    if not re.search("the nested build ended with 0", built.said):
        wrong.append("the inner build did not end well")
    elif "output of" not in built.page("one"):
        wrong.append("the outer site lost its page")
    yield Check("a build in a build", LOCK, nest.name, "; ".join(wrong))


def _inside_a_tutorial(lab: Lab) -> Iterator[Check]:
    """A tutorial that builds the documentation that it stands in."""
    code = (
        "import subprocess, sys, os\n"
        "done = subprocess.run([sys.executable, '-m', 'sphinx', '-b', 'html', '@ROOT@/docs',"
        " '@ROOT@/docs/_build/inner', '-D', 'docent_execute=none'], capture_output=True, text=True)\n"
        "print('inner', done.returncode)"
    )
    tutorial = Tutorial("builds", code, comments="# sphinx_gallery_timeout = 20")
    repository = make(Gallery("", LOCK, (tutorial,)), lab)
    built = lab.build(repository, limit=45)
    wrong = [*ends(built), *left_over(built, repository)]
    healthy = built.entry("z_healthy") or {"status": "missing"}
    if healthy["status"] != "passed":
        wrong.append(f"a neighbour: {healthy['status']}")
    yield Check("a build in a tutorial", LOCK, "ends by itself", "; ".join(wrong))


def _holder(lab: Lab, seconds: float, conf: str = "") -> Repository:
    code = f"import time\nopen('@SCRATCH@/holds', 'w').close()\ntime.sleep({seconds})"
    return make(Gallery("", LOCK, (Tutorial("holds", code),), conf=conf), lab)


def _wait_for_holder(repository: Repository) -> None:
    until = time.monotonic() + 40
    while not (repository.scratch / "holds").exists() and time.monotonic() < until:
        time.sleep(0.02)


def _checks(built: Built, wanted: dict[str, str], what: str) -> Check:
    said = " | ".join(row for row in built.said.splitlines() if "wait" in row.lower())
    wrong = [
        f"does not say {name}: {said}"
        for name, words in wanted.items()
        if not re.search(words, said)
    ]
    return Check("an unrelated build", LOCK, what, "; ".join(wrong))


def _waits(lab: Lab) -> Iterator[Check]:
    """It waits, says for whom, and then builds."""
    repository = _holder(lab, 6)
    first = lab.start(repository)
    _wait_for_holder(repository)
    second = lab.start(repository, out="second", keep_report=True)
    built, other = second.result(), first.result()
    yield Check("an unrelated build", LOCK, "the first ends well", "; ".join(ends(other, 0)))
    yield Check(
        "an unrelated build", LOCK, "the second waits and ends well", "; ".join(ends(built, 0))
    )
    wrong = "" if "output of" in built.page("holds") else "it has no page"
    yield Check("an unrelated build", LOCK, "the second has the page", wrong)
    yield _checks(built, {"that it waits": "(?i)wait"}, "says that it waits")
    yield _checks(built, {"the process": r"(?i)(process|pid)\D{0,12}\d+"}, "names the process")
    yield _checks(built, {"since when": r"\d\d:\d\d|(?i:since|ago|for \d)"}, "says since when")


def _gives_up(lab: Lab) -> Iterator[Check]:
    """It ends after ``docent_lock_timeout``."""
    repository = _holder(lab, 18, conf="docent_lock_timeout = 2\n")
    first = lab.start(repository)
    _wait_for_holder(repository)
    built = lab.build(repository, out="second", keep_report=True, limit=40)
    other = first.result()
    wrong = list(ends(built))
    if built.code not in (1, 2):
        wrong.append(f"exit code {built.code}")
    if built.seconds > 12:
        wrong.append(f"took {built.seconds:.0f} s")
    yield Check("docent_lock_timeout", LOCK, "the second ends after it", "; ".join(wrong))
    wrong = [] if "docent_lock_timeout" in built.said else ["it does not name the setting"]
    wrong += ["a traceback"] if "Traceback" in built.said else []
    yield Check("docent_lock_timeout", LOCK, "the second says why", "; ".join(wrong))
    yield Check("docent_lock_timeout", LOCK, "the first ends well", "; ".join(ends(other, 0)))


def _bad_timeout(lab: Lab) -> Iterator[Check]:
    repository = make(Gallery("", LOCK, (), conf='docent_lock_timeout = "soon"\n'), lab)
    built = lab.build(repository)
    wrong = list(ends(built, 2))
    if "docent_lock_timeout" not in built.said:
        wrong.append("the setting is not named")
    yield Check("docent_lock_timeout", LOCK, "'soon' is one clear error", "; ".join(wrong))


def _remains_of_a_lock(lab: Lab, label: str, content: bytes) -> Iterator[Check]:
    """What another build has left in the lock's file holds nobody up."""
    repository = make(Gallery("", LOCK, (Tutorial("one", "x = 1"),)), lab)
    first = lab.build(repository)
    state = repository.docs / "_build" / "docent"
    for path in state.glob("*lock*"):
        if path.is_file():
            path.write_bytes(content)
    built = lab.build(repository, limit=30)
    wrong = [*ends(first, 0), *ends(built, 0)]
    yield Check("an old lock", LOCK, f"{label} holds nobody up", "; ".join(wrong))


def _forged_inheritance(lab: Lab) -> Iterator[Check]:
    """A build that finds its parent's variables, though its parent is gone, still locks."""
    repository = _holder(lab, 5)
    first = lab.start(repository)
    _wait_for_holder(repository)
    second = lab.start(repository, "singlehtml", keep_report=True)
    third = lab.start(repository, "dirhtml", keep_report=True)
    results = [first.result(), second.result(), third.result()]
    wrong = [words for built in results for words in ends(built, 0)]
    yield Check("three builds", LOCK, "all end well", "; ".join(wrong))


CASES = [
    *(Scenario(f"nested {nest.name}", LOCK, partial(_nested, nest=nest)) for nest in NESTS),
    Scenario("in a tutorial", LOCK, _inside_a_tutorial),
    Scenario("unrelated waits", LOCK, _waits),
    Scenario("unrelated gives up", LOCK, _gives_up),
    Scenario("bad timeout", LOCK, _bad_timeout),
    Scenario("three builds", LOCK, _forged_inheritance),
    *(
        Scenario(
            f"old lock {label}", LOCK, partial(_remains_of_a_lock, label=label, content=content)
        )
        for label, content in (
            ("nothing", b""),
            ("garbage", b"\xff\x00garbage"),
            ("a process that is gone", b'{"pid": 999999, "since": 1}\n'),
            ("the first process", b"1\n"),
        )
    ),
]
