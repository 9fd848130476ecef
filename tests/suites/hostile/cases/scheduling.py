"""What has to run alone runs alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..harness.judge_build import ends
from ..harness.lab import Lab
from ..harness.model import SCHEDULING, Check, Gallery, Scenario, Tutorial, Want
from ..harness.play import make
from ..harness.repository import Repository

NOTE = """\
import os, time
began = time.monotonic()
time.sleep({seconds})
with open("@SCRATCH@/spans.log", "a") as log:
    log.write(f"@NAME@ {{began}} {{time.monotonic()}}\\n")
"""


def spans(repository: Repository) -> dict[str, tuple[float, float]]:
    """When each tutorial that notes it ran."""
    log = repository.scratch / "spans.log"
    rows = log.read_text().split("\n")[:-1] if log.exists() else []
    return {name: (float(a), float(b)) for name, a, b in map(str.split, rows)}


def overlapping(found: Mapping[str, tuple[float, float]], begins: str) -> Iterator[str]:
    """Those of one kind that ran while another noted one did."""
    if not any(name.startswith(begins) for name in found):
        yield "none of them ran"
    for name, (began, ended) in found.items():
        for other, (its_began, its_ended) in found.items():
            if (
                name.startswith(begins)
                and other != name
                and its_began < ended
                and began < its_ended
            ):
                yield f"{name} ran while {other} did"


def _alone(lab: Lab) -> Iterator[Check]:
    """``# sphinx_gallery_parallel = False``: nobody else runs."""
    serial = "# sphinx_gallery_parallel = False"
    cores = (
        'print("cores", len(os.sched_getaffinity(0)))\n'
        'names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")\n'
        "available = str(len(os.sched_getaffinity(0)))\n"
        'print("threads", {os.environ.get(name, available) for name in names} == {available})\n'
    )
    gallery = Gallery(
        "",
        SCHEDULING,
        (
            *(Tutorial(f"free_{n}", NOTE.format(seconds=0.7)) for n in range(4)),
            Tutorial("serial_a", NOTE.format(seconds=0.5) + cores, comments=serial),
            Tutorial("m_serial", NOTE.format(seconds=0.5) + cores, comments=serial),
            Tutorial("sub/serial_b", NOTE.format(seconds=0.5), comments=serial),
        ),
    )
    repository = make(gallery, lab)
    built = lab.build(repository)
    found = spans(repository)
    yield Check("parallel = False", SCHEDULING, "the build ends well", "; ".join(ends(built, 0)))
    for name in ("serial_a", "m_serial", "serial_b"):
        wrong = "; ".join(overlapping(found, name))
        yield Check("parallel = False", SCHEDULING, f"{name} runs alone", wrong)
    wrong = "" if "; ".join(overlapping(found, "free_")) else "they ran one after the other"
    yield Check("parallel = False", SCHEDULING, "the others run at once", wrong)
    for name in ("serial_a", "m_serial"):
        told = re.findall(r"(?:cores|threads) \w+", built.page(name))
        wrong = "" if "threads True" in told else f"{told}: fewer threads than cores"
        yield Check("parallel = False", SCHEDULING, f"{name} has all cores", wrong)


def _alone_though_it_fails(lab: Lab) -> Iterator[Check]:
    """The others run although the one that ran alone has died."""
    serial = "# sphinx_gallery_parallel = False\n# sphinx_gallery_timeout = 2"
    gallery = Gallery(
        "",
        SCHEDULING,
        (
            Tutorial("serial_dies", "import os\nos._exit(3)", comments=serial),
            Tutorial("serial_hangs", "import time\ntime.sleep(300)", comments=serial),
            Tutorial("free", NOTE.format(seconds=0.1)),
        ),
    )
    repository = make(gallery, lab)
    built = lab.build(repository)
    yield Check("serial fails", SCHEDULING, "the build ends by itself", "; ".join(ends(built, 1)))
    wanted = {
        "serial_dies": "failed",
        "serial_hangs": "failed",
        "free": "passed",
        "z_healthy": "passed",
    }
    for name, status in wanted.items():
        entry = built.entry(name) or {"status": "missing"}
        wrong = "" if entry["status"] == status else entry["status"]
        yield Check("serial fails", SCHEDULING, f"{name} has {status}", wrong)


CASES: list[Gallery | Scenario] = [
    Scenario("runs alone", SCHEDULING, _alone),
    Scenario("runs alone and fails", SCHEDULING, _alone_though_it_fails),
    *(
        Gallery(
            f"parallel = {value}",
            SCHEDULING,
            (
                Tutorial(
                    "badly_serial",
                    "x = 1",
                    Want.DIAGNOSE,
                    comments=f"# sphinx_gallery_parallel = {value}",
                    says="(?i)parallel",
                ),
            ),
            builders=("precheck",),
        )
        for value in ('"no"', "0", "None")
    ),
]
