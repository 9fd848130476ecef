"""The built site in the browser: what is given out, what never is, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
MISSING_PAGE = "<h1>no such page</h1>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, with things beside it that must stay unseen."""
    folder = tmp_path / "site"
    files = {
        "index.html": "<h1>front</h1>",
        "404.html": MISSING_PAGE,
        "guide/index.html": "<h1>guide</h1>",
        "empty/data.bin": "x",
        "with space é.html": "<h1>odd name</h1>",
        "lesson.ipynb": "{}",
        "module.mjs": "export {}",
        "code.wasm": "",
        "plot.svg": "<svg/>",
        "style.css": "",
        "script.js": "",
        "objects.inv": "",
        "bundle.tar.gz": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "site-neighbour").mkdir()
    (tmp_path / "site-neighbour" / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "inner.html").symlink_to("index.html")
    (folder / "loop").symlink_to("loop")
    return folder


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "sphinx_docent.serve", *words]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(SOURCE)}


def fails(*words: str) -> str:
    """The one line of a server that does not start."""
    done = subprocess.run(
        command(*words), env=environment(), capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@contextmanager
def serving(site: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running server, and the port that it says it listens at."""
    with subprocess.Popen(
        command("--port", "0", str(site)),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            match = re.search(r"http://localhost:(\d+) ", process.stdout.readline())
            assert match
            yield process, int(match[1])
        finally:
            process.kill()


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with serving(site) as (_, number):
        yield number


def ask(port: int, target: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    """Send the target exactly as it stands, as no browser would."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, target)
        response = connection.getresponse()
        return response, response.read()


def test_pages_are_given_out_with_their_types_and_are_not_cached(port: int) -> None:
    types = {
        "/": "text/html; charset=utf-8",
        "/index.html?highlight=x": "text/html; charset=utf-8",
        "/with%20space%20%C3%A9.html": "text/html; charset=utf-8",
        "/inner.html": "text/html; charset=utf-8",
        "/lesson.ipynb": "application/x-ipynb+json; charset=utf-8",
        "/module.mjs": "text/javascript; charset=utf-8",
        "/script.js": "text/javascript; charset=utf-8",
        "/style.css": "text/css; charset=utf-8",
        "/code.wasm": "application/wasm",
        "/plot.svg": "image/svg+xml; charset=utf-8",
        "/objects.inv": "application/octet-stream",
        "/bundle.tar.gz": "application/octet-stream",
    }
    for target, kind in types.items():
        response, _ = ask(port, target)
        assert (response.status, response.headers["Content-Type"]) == (200, kind), target
        assert response.headers["Cache-Control"] == "no-cache"


def test_a_missing_page_is_the_sites_own_404_with_its_status(port: int) -> None:
    for target in ("/nothing.html", "/index.html/", "/guide/nothing", "/loop"):
        response, body = ask(port, target)
        assert (response.status, body.decode()) == (404, MISSING_PAGE), target


def test_a_site_without_a_404_page_still_answers_404(site: Path, port: int) -> None:
    (site / "404.html").unlink()
    response, body = ask(port, "/nothing")
    assert (response.status, body) == (404, b"404 Not Found\n")


def test_a_folder_shows_its_index_under_a_trailing_slash(port: int) -> None:
    response, body = ask(port, "/guide/")
    assert (response.status, body) == (200, b"<h1>guide</h1>")
    response, _ = ask(port, "/guide?q=1")
    assert (response.status, response.headers["Location"]) == (301, "/guide/?q=1")


def test_a_redirect_never_leads_to_another_host(port: int) -> None:
    response, _ = ask(port, "//guide")
    assert response.headers["Location"] == "/guide/"


def test_folders_are_not_listed(port: int) -> None:
    for target in ("/empty", "/empty/"):
        response, body = ask(port, target)
        assert response.status == 404
        assert b"data.bin" not in body


OUTSIDE = (
    "/../secret.txt",
    "/guide/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..%5csecret.txt",
    "/../site-neighbour/secret.txt",
    "/link.txt",
    "/linked/secret.txt",
    "/linked/site-neighbour/secret.txt",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/index.html%00.txt",
    "/%ff",
    "secret.txt",
    "/" + "a" * 5000,
)


def test_nothing_outside_the_site_is_given_out(port: int) -> None:
    for target in OUTSIDE:
        response, body = ask(port, target)
        assert (response.status, body.decode()) == (404, MISSING_PAGE), target


def test_head_sends_the_same_head_and_no_body(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    size = len(ask(port, "/")[1])
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert f"Content-Length: {size}\r\n".encode() in answer
    assert answer.endswith(b"\r\n\r\n")


def test_only_get_and_head_are_allowed(port: int) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        response, _ = ask(port, "/", method)
        assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


def test_one_connection_carries_many_requests(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        for target, status in (("/", 200), ("/nothing", 404), ("/guide", 301), ("/", 200)):
            connection.request("GET", target)
            response = connection.getresponse()
            response.read()
            assert (response.status, response.version) == (status, 11)


def test_a_page_built_again_is_seen_at_once(site: Path, port: int) -> None:
    ask(port, "/")
    (site / "index.html").write_text("<h1>new</h1>", encoding="utf-8")
    assert ask(port, "/")[1] == b"<h1>new</h1>"


def test_only_this_machine_is_listened_to(port: int) -> None:
    """On Linux all of 127.0.0.0/8 is this machine, but only 127.0.0.1 was asked for."""
    with closing(socket.socket()) as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.1", port)) == 0
    with closing(socket.socket()) as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_it_quietly(site: Path, number: signal.Signals) -> None:
    with serving(site) as (process, port), closing(HTTPConnection("127.0.0.1", port)) as idle:
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
