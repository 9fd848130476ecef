"""The server on the command line: how it begins, how it ends, and what is wrong in one line."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.helpers.site_server import fails, serving_site
from tests.helpers.sites import environment

pytestmark = pytest.mark.site


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_it_quietly(site: Path, number: signal.Signals) -> None:
    with serving_site(site) as (process, port), closing(HTTPConnection("127.0.0.1", port)) as idle:
        idle.connect()
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, errors) == (0, "")


def test_nothing_built_yet_is_said_in_one_line(tmp_path: Path) -> None:
    assert "build it first" in fails(str(tmp_path / "html"))


def test_a_taken_port_is_said_in_one_line(site: Path, port: int) -> None:
    assert f"port {port} is taken" in fails("--port", str(port), str(site))


@pytest.mark.parametrize("number", ["abc", "-1", "65536", "99999999999"])
def test_a_bad_port_is_said_in_one_line(site: Path, number: str) -> None:
    assert "port" in fails(f"--port={number}", str(site))


@pytest.mark.parametrize("host", ["192.0.2.1", "", "a" * 70, ".."])
def test_a_bad_host_is_said_in_one_line(site: Path, host: str) -> None:
    assert "host" in fails("--port=0", f"--host={host}", str(site))


def test_the_server_needs_nothing_but_the_standard_library() -> None:
    script = (
        "import sys; import sphinx_docent.serve.__main__;"
        "assert 'sphinx' not in sys.modules and 'rich' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], env=environment(), check=False, timeout=20
    )
    assert done.returncode == 0


def test_only_this_machine_is_listened_to(port: int) -> None:
    """On Linux all of 127.0.0.0/8 is this machine, but only 127.0.0.1 was asked for."""
    with closing(socket.socket()) as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.1", port)) == 0
    with closing(socket.socket()) as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", port)) != 0
