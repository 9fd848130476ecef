"""Ctrl-C, or the death of the build: its processes end within two seconds, its results stay."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.processes import MARK, processes, running, wait_until
from tests.helpers.sites import Site, environment

SLEEPS = """\
    import os, posix, subprocess, sys, time
    open(posix.environ[b"RUNS"].decode() + ".{name}", "w").close()
    {more}
    time.sleep(300)
    """


KINDS = {
    "python": "while True: pass",
    "deaf": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    "child": 'subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])',
    "session": (
        'subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], '
        "start_new_session=True)"
    ),
    "daemon": (
        "if os.fork() == 0:\n        os.setsid()\n"
        "        if os.fork() == 0:\n            os.setsid()\n        time.sleep(300)"
    ),
}


def busy(site: Site, kinds: list[str]) -> list[Path]:
    """Tutorials that end at once, and others that never do; files that tell that they run."""
    site.configure("docent_execute = 'all'")
    for number in range(3):
        site.tutorial(f"a{number}", f"number = {number}")
    for kind in kinds:
        site.tutorial(f"b_{kind}", SLEEPS.format(name=kind, more=KINDS[kind]))
    return [Path(f"{site.log}.{kind}") for kind in kinds]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_runs_two_seconds_later(site: Site, how: signal.Signals) -> None:
    kinds = list(KINDS)
    begun = busy(site, kinds)
    with running(site, "-D", f"docent_jobs={len(kinds)}") as build:
        build.wait_for(lambda: all(path.exists() for path in begun))
        assert len(build.left()) >= 2 + len(kinds)
        build.process.send_signal(how)
        assert wait_until(lambda: not build.left(), 2), build.left()
        assert "Exception in thread" not in build.output()


def test_what_had_finished_is_kept(site: Site) -> None:
    begun = busy(site, ["python"])
    with running(site, "-D", "docent_jobs=1") as build:
        build.wait_for(lambda: begun[0].exists())
        cache = site.state / "cache"
        build.wait_for(lambda: len(list(cache.glob("*/[!.]*"))) == 3)
        build.process.send_signal(signal.SIGINT)
        assert wait_until(lambda: not build.left(), 2)
        assert build.process.wait() == 2
    site.tutorial("b_python")
    done = site.build()
    assert done.code == 0, done.output
    assert site.executed() == {"/docs/tutorials/b_python.py"}
    for name in ("a0", "a1", "a2", "b_python"):
        assert f"output of {name}" in done.text(f"gallery/{name}")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_working_folder_is_left(site: Site, scratch: Path, how: signal.Signals) -> None:
    begun = busy(site, ["session"])
    with running(site) as build:
        build.wait_for(lambda: begun[0].exists())
        build.process.send_signal(how)
        assert wait_until(lambda: not build.left(), 2)
    assert list(scratch.iterdir()) == []


def test_ctrl_c_on_a_terminal(site: Site) -> None:
    """The live view runs, and the whole foreground process group gets the signal."""
    begun = busy(site, ["child", "deaf"])
    mark = f"terminal-{os.getpid()}"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sphinx", "-b", "html", str(site.docs)]
    process = subprocess.Popen(
        [*command, str(site.docs / "_build" / "html")],
        env=environment(**{"RUNS": str(site.log), MARK: mark, "TERM": "xterm"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        os.set_blocking(ours, False)
        shown = bytearray()

        def look() -> bool:
            with contextlib.suppress(OSError):
                shown.extend(os.read(ours, 1 << 16))
            return all(path.exists() for path in begun)

        assert wait_until(look, 60), shown.decode(errors="replace")
        wait_until(lambda: (look(), b"to go" in shown)[1], 5)
        assert b"to go" in shown
        os.killpg(process.pid, signal.SIGINT)
        assert wait_until(lambda: (look(), not processes(mark))[1], 2), processes(mark)
        assert process.wait(5) == 2
        assert b"Traceback" not in shown
    finally:
        process.kill()
        process.wait()
        os.close(ours)
