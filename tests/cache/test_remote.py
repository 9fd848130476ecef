"""A shared cache is asked for many at once, and not for ever."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.cache_servers import Behaviour, web_server
from tests.helpers.processes import running, wait_until
from tests.helpers.repository import SRC
from tests.helpers.sites import Site

from sphinx_docent.cache.remote import Remote

pytestmark = pytest.mark.site


def test_one_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with web_server(tmp_path, Behaviour(delay=3)) as url:
        remote = Remote(url, url, silence=0.5)
        remote.get(["a"])  # to start may take longer
        began = time.monotonic()
        assert remote.get(["a", "b"]) == {}
        assert time.monotonic() - began < 1
        assert remote.problem
        remote.close()


def test_many_are_looked_up_at_once(tmp_path: Path) -> None:
    names = [f"keys/{number}" for number in range(400)]
    (tmp_path / "keys").mkdir()
    for name in names[::2]:
        (tmp_path / name).write_text(name)
    with web_server(tmp_path, Behaviour(delay=0.05)) as url:
        remote = Remote(url, url)
        began = time.monotonic()
        found = remote.get(names)
        assert time.monotonic() - began < 10  # 20 s, one after another
        assert found == {name: name.encode() for name in names[::2]}
        remote.close()


def test_ctrl_c_leaves_nothing_behind(make_site: Callable[[], Site], tmp_path: Path) -> None:
    site = make_site()
    site.tutorial("quick")
    site.tutorial("slow", "import time\ntime.sleep(60)")
    options = ("-D", "docent_execute=all", "-D", f"docent_cache=file://{tmp_path}")
    with running(site, *options) as job:
        job.wait_for(lambda: len(list(tmp_path.glob("entries/*/*"))) == 1)
        assert any("transfer.py" in line for line in job.left())
        job.process.send_signal(signal.SIGINT)
        assert wait_until(lambda: not job.left(), 5), job.left()


def test_the_transfer_process_ends_with_the_build(tmp_path: Path) -> None:
    code = f"""
import os
from sphinx_docent.cache.remote import Remote
remote = Remote("file://{tmp_path}", "x")
remote.get(["a"])
print(remote._process._process.pid, flush=True)
if os.fork() == 0:
    os._exit(remote._process._socket.fileno() != -1)
print(os.wait()[1], flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=SRC, capture_output=True, text=True, check=True
    )
    pid, status = done.stdout.split()
    assert status == "0"  # a fork holds nothing of it
    for _ in range(500):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.01)
    pytest.fail("it still runs")
