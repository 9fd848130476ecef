"""A tutorial that is killed for memory says so; what tutorials need fits together."""

from __future__ import annotations

import contextlib
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from ..cases.scheduling import NOTE, overlapping, spans
from ..harness.judge_build import ends, left_over
from ..harness.lab import Lab
from ..harness.model import MEMORY, Check, Gallery, Scenario, Tutorial, Want
from ..harness.play import make

CASES: list[Gallery | Scenario] = [
    Gallery(
        "ends for memory",
        MEMORY,
        (
            Tutorial(
                "memory_error",
                """\
                import resource
                resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
                block = bytearray(3 * 2**30)
                """,
                Want.FAIL,
                says="MemoryError",
                line="block =",
            ),
            Tutorial(
                "no_memory_left_to_tell",
                """\
                import resource
                resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))
                blocks = []
                while True:
                    try:
                        blocks.append(bytearray(2**16))
                    except MemoryError:
                        break
                while True:
                    blocks.append("x" * 40)
                """,
                Want.FAIL,
                says="MemoryError|SIG|memory",
            ),
            Tutorial(
                "killed_after_300_MB",
                """\
                import os, signal
                block = bytearray(b"x") * (300 * 2**20)
                os.kill(os.getpid(), signal.SIGKILL)
                """,
                Want.FAIL,
                says=r"(?i)SIGKILL.*memory|memory.*SIGKILL",
            ),
            Tutorial(
                "killed_tells_its_peak",
                """\
                import os, signal, time
                block = bytearray(b"x") * (300 * 2**20)
                time.sleep(1)
                os.kill(os.getpid(), signal.SIGKILL)
                """,
                Want.FAIL,
                says=r"(?i)\d+(\.\d+)?\s*(MB|MiB|GB|GiB)",
                debatable="no kernel has killed it for memory",
            ),
            Tutorial(
                "killed_once",
                """\
                import os, pathlib, signal, time
                mark = pathlib.Path("@SCRATCH@", "killed_once")
                block = bytearray(b"x") * (200 * 2**20)
                time.sleep(0.3)
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                """,
                debatable="whether SIGKILL from anybody counts as killed for memory",
            ),
        ),
    ),
    Gallery(
        "comments on memory",
        MEMORY,
        (
            Tutorial("needs_4_GB", "x = 1", Want.PASS, comments='# sphinx_gallery_memory = "4 GB"'),
            Tutorial(
                "needs_512_MB", "x = 1", Want.PASS, comments='# sphinx_gallery_memory = "512 MB"'
            ),
            Tutorial(
                "needs_1.5_GB", "x = 1", Want.PASS, comments='# sphinx_gallery_memory = "1.5 GB"'
            ),
            Tutorial(
                "needs_4000_GB",
                "x = 1",
                comments='# sphinx_gallery_memory = "4000 GB"',
                says="(?i)memory|GB",
            ),
        ),
        limit=40,
    ),
]


def bad_comment(value: str) -> Gallery:
    """A comment on memory that cannot be meant."""
    name = re.sub(r"\W+", "_", value).strip("_") or "empty"
    return Gallery(
        f"memory comment {value}",
        MEMORY,
        (
            Tutorial(
                f"needs_{name}",
                "x = 1",
                Want.DIAGNOSE,
                comments=f"# sphinx_gallery_memory = {value}",
                says="(?i)memory",
                line="sphinx_gallery_memory",
            ),
        ),
        builders=("precheck",),
    )


CASES += [bad_comment(value) for value in ('"lots"', "-1", '"4 XB"', "True", '"0 GB"')]


def _fits_together(lab: Lab) -> Iterator[Check]:
    """Two that need 600 MB each do not run at once within 1 GB."""
    for unit, limit in (("GB", '"1 GB"'), ("MB", '"1000 MB"')):
        gallery = Gallery(
            "",
            MEMORY,
            tuple(
                Tutorial(
                    f"big_{number}",
                    NOTE.format(seconds=1.0),
                    Want.PASS,
                    comments='# sphinx_gallery_memory = "600 MB"',
                )
                for number in range(3)
            ),
            conf=f"docent_memory = {limit}\n",
        )
        repository = make(gallery, lab)
        built = lab.build(repository)
        wrong = [*ends(built, 0), *overlapping(spans(repository), "big_")]
        what = f"three of 600 MB within docent_memory = {limit} never run at once"
        yield Check(f"docent_memory in {unit}", MEMORY, what, "; ".join(wrong))


def _small_ones_together(lab: Lab) -> Iterator[Check]:
    """What fits runs together."""
    gallery = Gallery(
        "",
        MEMORY,
        tuple(
            Tutorial(
                f"small_{number}",
                NOTE.format(seconds=1.5),
                comments='# sphinx_gallery_memory = "100 MB"',
            )
            for number in range(2)
        ),
        conf='docent_memory = "2 GB"\n',
    )
    repository = make(gallery, lab)
    built = lab.build(repository)
    wrong = list(ends(built, 0))
    if not list(overlapping(spans(repository), "small_")):
        wrong.append("they ran one after the other")
    yield Check("small ones", MEMORY, "what fits runs at once", "; ".join(wrong))


def _bad_setting(lab: Lab) -> Iterator[Check]:
    repository = make(Gallery("", MEMORY, (), conf='docent_memory = "lots"\n'), lab)
    built = lab.build(repository)
    wrong = list(ends(built, 2))
    if "docent_memory" not in built.said:
        wrong.append("the setting is not named")
    yield Check("docent_memory = 'lots'", MEMORY, "is one clear error", "; ".join(wrong))


@contextlib.contextmanager
def _cgroup(bytes_: int) -> Iterator[str]:
    """A control group (version 1) of our own; it is gone afterwards."""
    folder = Path("/sys/fs/cgroup/memory", f"hostile-{uuid.uuid4().hex}")
    folder.mkdir()
    try:
        (folder / "memory.limit_in_bytes").write_text(str(bytes_))
        with contextlib.suppress(OSError):
            (folder / "memory.memsw.limit_in_bytes").write_text(str(bytes_))
        (folder / "cgroup.procs").stat()
        yield str(folder)
    finally:
        folder.rmdir()


_EATS = Tutorial(
    "eats",
    """\
    import os, time
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("900")
    with open("@SCRATCH@/eats.log", "a") as log:
        log.write("x")
    blocks = []
    for _ in range(100):
        blocks.append(bytearray(b"x") * (20 * 2**20))
        time.sleep(0.02)
    """,
)


def _killed_by_the_kernel(lab: Lab) -> Iterator[Check]:
    """A tutorial that really is killed for memory; the build goes on."""
    if not os.access("/sys/fs/cgroup/memory", os.W_OK):
        return
    repository = make(Gallery("", MEMORY, (_EATS,)), lab)
    with _cgroup(700 * 2**20) as folder:
        built = lab.build(repository, cgroup=folder, limit=90)
    entry = built.entry("eats") or {"status": "missing", "failure": None}
    message = (entry["failure"] or {}).get("message", "")
    yield Check("oom", MEMORY, "the build ends by itself", "; ".join(ends(built, 1)))
    wrong = "" if entry["status"] == "failed" else f"{entry['status']}"
    yield Check("oom", MEMORY, "the tutorial failed", wrong)
    wrong = "" if re.search("(?i)memory", message) else repr(message)
    yield Check("oom", MEMORY, "its message tells of memory", wrong)
    wrong = "" if re.search(r"(?i)\d\s*(MB|MiB|GB|GiB)", message) else repr(message)
    yield Check("oom", MEMORY, "its message tells its peak", wrong)
    runs = len((repository.scratch / "eats.log").read_text())
    wrong = "" if runs == 2 else f"ran {runs} times"
    yield Check("oom", MEMORY, "it was tried once more", wrong)
    healthy = built.entry("z_healthy") or {"status": "missing"}
    wrong = "" if healthy["status"] == "passed" else healthy["status"]
    yield Check("oom", MEMORY, "a neighbour passed", wrong)
    yield Check("oom", MEMORY, "nothing is left", "; ".join(left_over(built, repository)))


CASES += [
    Scenario("docent_memory", MEMORY, _fits_together),
    Scenario("docent_memory, small ones", MEMORY, _small_ones_together),
    Scenario("docent_memory, bad", MEMORY, _bad_setting),
    Scenario("killed by the kernel", MEMORY, _killed_by_the_kernel, root=True),
]
