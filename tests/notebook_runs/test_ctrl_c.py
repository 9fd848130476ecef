"""Ctrl-C, or the death of the build: kernels and all that they started end within two seconds."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from tests.helpers.processes import running, wait_until
from tests.helpers.sites import Site

CELL = """\
import subprocess, sys, time

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True)
open(os.environ["RUNS"] + ".{name}", "w").close()
{more}
time.sleep(300)
"""
SHELL = ".. code-block:: bash\n\n   %%shell\n   touch $RUNS.shell; sleep 300 & sleep 300"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left(site: Site, scratch: Path, how: signal.Signals) -> None:
    deaf = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    for name, more in (("plain", ""), ("deaf", deaf)):
        site.tutorial(name, CELL.format(name=name, more=more))
    site.tutorial("shell", text=SHELL)
    begun = [Path(f"{site.log}.{name}") for name in ("plain", "deaf", "shell")]
    with running(site, "-D", "docent_jobs=3", builder="notebooks") as build:
        build.wait_for(lambda: all(path.exists() for path in begun))
        assert len(build.left()) > 8
        build.process.send_signal(how)
        assert wait_until(lambda: not build.left(), 2), build.left()
        assert build.process.wait(5) != 0
        assert "Traceback" not in build.output()
    assert list(scratch.iterdir()) == []
