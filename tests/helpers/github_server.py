"""A server that answers as GitHub does about a repository, on this machine's loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Repository:
    """What GitHub knows, by path: lists that are got, and what was written."""

    def __init__(self) -> None:
        self.lists: dict[str, list[dict[str, Any]]] = {}
        self.written: list[tuple[str, str, dict[str, Any]]] = []
        self.asked: list[str] = []
        self.tokens: set[str | None] = set()
        self.address = ""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a workflow has."""
        return {
            "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_TOKEN": "secret",
        }


@contextmanager
def github() -> Iterator[Repository]:
    """Serve a repository."""
    repository = Repository()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            repository.asked.append(parts.query)
            entries = repository.lists.get(parts.path.removeprefix("/repos/owner/name/"))
            start = (int(query["page"]) - 1) * int(query["per_page"])
            end = start + int(query["per_page"])
            self.answer(404 if entries is None else 200, (entries or [])[start:end])

        def write(self) -> None:
            data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            path = self.path.removeprefix("/repos/owner/name/")
            repository.written.append((self.command, path, data))
            self.answer(201, {"id": 1, "number": 7})

        do_POST = do_PATCH = write  # noqa: N815

        def answer(self, code: int, data: Any) -> None:
            repository.tokens.add(self.headers["Authorization"])
            body = json.dumps(data).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        repository.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield repository
        server.shutdown()
