"""The built site in the browser: what is given out, and what never is."""

from __future__ import annotations

import socket
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from tests.helpers.site_server import MISSING_PAGE, ask


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
