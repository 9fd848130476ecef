"""``invoke serve``: what it shows, and that it ends with all that it started."""

from __future__ import annotations

import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.servers import page
from tests.helpers.tiny_project import invoke, serve

pytestmark = pytest.mark.site


def is_listening(url: str) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0


def working_in(folder: Path) -> list[str]:
    """The command lines of the processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append((process / "cmdline").read_text("utf-8").replace("\0", " "))
        except OSError:
            continue
    return found


def test_serve_shows_the_built_site_and_ends_with_all_that_it_started(project: Path) -> None:
    site = project / "docs/_build/html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<h1>built</h1>", encoding="utf-8")
    with serve(project, "--port", "0") as server:
        assert page(server.url) == "<h1>built</h1>"
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=20) == 0
        assert not is_listening(server.url)
    assert "Traceback" not in server.log.read_text("utf-8")
    assert working_in(project) == []


def test_serve_says_in_one_line_what_is_wrong(project: Path) -> None:
    refused(invoke(project, "serve"), 2, "build it first")
    (project / "docs/_build/html").mkdir(parents=True)
    (project / "docs/_build/html/index.html").touch()
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        refused(invoke(project, "serve", "--port", port), 2, port, "taken")
        refused(invoke(project, "serve", "--live", "--port", port), 2, port)
    for live in ((), ("--live",)):
        refused(invoke(project, "serve", *live, "--port", "abc"), 2, "abc")
        refused(invoke(project, "serve", *live, "--port", "70000"), 2, "70000")
        refused(invoke(project, "serve", *live, "--port", "0", "--host", "a..b"), 2, "a..b")
    refused(invoke(project, "serve", "--execute", "x"), 2, "--live")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_live_builds_again_after_an_edit_executing_only_what_was_asked(
    build_project: Path, stop: signal.Signals
) -> None:
    executed = "/mine/" if stop is signal.SIGTERM else "none"
    flags = ["--execute", executed] if executed != "none" else []
    with serve(build_project, "--live", "--port", "0", *flags) as server:
        server.wait_for_page("The first words.")
        assert "websocket-reload" in page(server.url)
        time.sleep(1)  # until the watcher watches
        (build_project / "docs/index.rst").write_text("Front\n=====\n\nOther.\n", "utf-8")
        server.wait_for_page("Other.")
        time.sleep(5)  # enough for one more build, if what a build writes would start another
        server.process.send_signal(stop)
        assert server.process.wait(timeout=20) == 0
        assert not is_listening(server.url)
    assert working_in(build_project) == []
    builds = (build_project / "builds.txt").read_text("utf-8").splitlines()
    assert builds == [f"['html', '{executed}', 'auto']"] * 2
    assert not (build_project / "docs/_build/html").exists()
