"""A web server for one folder of finished pages, on the standard library alone.

What answers a request is decided in :mod:`.lookup`; this carries it out.
"""

from __future__ import annotations

import mimetypes
import os
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from .lookup import Found, Moved, find

# The machine's own table of types is not read: a page looks the same wherever it is served.
_TYPES = mimetypes.MimeTypes(filenames=())
for _type, _suffix in (
    ("application/json", ".map"),
    ("application/wasm", ".wasm"),
    ("application/x-ipynb+json", ".ipynb"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
    ("image/svg+xml", ".svg"),
    ("image/webp", ".webp"),
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/markdown", ".md"),
    ("text/x-python", ".py"),
    ("text/x-rst", ".rst"),
):
    _TYPES.add_type(_type, _suffix)

_TEXT = ("application/json", "application/x-ipynb+json", "application/xml", "image/svg+xml")


def content_type(file: Path) -> str:
    """The media type to send with a file, with the encoding where it is text."""
    kind, encoding = _TYPES.guess_type(file.name)
    if kind is None or encoding is not None:
        return "application/octet-stream"
    is_text = kind.startswith("text/") or kind in _TEXT
    return f"{kind}; charset=utf-8" if is_text else kind


class StaticServer(ThreadingHTTPServer):
    """Answers GET and HEAD from one folder; one thread for each connection.

    :param address: host and port, where port 0 takes a free one.
    :param site: the folder that holds ``index.html``.
    :param family: ``AF_INET`` or ``AF_INET6``.
    """

    daemon_threads = True
    # Elsewhere than on POSIX the option would let two servers share a port.
    allow_reuse_address = os.name == "posix"

    def __init__(
        self, address: tuple[str, int], site: Path, family: socket.AddressFamily = socket.AF_INET
    ) -> None:
        self.site = site.resolve()
        self.address_family = family
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without looking this machine's name up, which can take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, self.allow_reuse_address)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a browser went away; that is its right."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: StaticServer
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float] = 30.0

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _refuse(self) -> None:
        self.close_connection = True
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD", "Connection": "close"})

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815

    def _answer(self) -> None:
        match find(self.server.site, self.path):
            case Found(file):
                self._send_file(HTTPStatus.OK, file)
            case Moved(location):
                self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": location})
            case None:
                self._send_missing()

    def _send_missing(self) -> None:
        match find(self.server.site, "/404.html"):
            case Found(file):
                self._send_file(HTTPStatus.NOT_FOUND, file)
            case _:
                self._send(HTTPStatus.NOT_FOUND, {})

    def _send_file(self, status: HTTPStatus, file: Path) -> None:
        try:
            body = file.read_bytes()
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, {})
        else:
            self._send_all(status, content_type(file), body, {})

    def _send(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        """Answer without a file: the status in words."""
        body = f"{status.value} {status.phrase}\n".encode("ascii")
        self._send_all(status, "text/plain; charset=utf-8", body, headers)

    def _send_all(
        self, status: HTTPStatus, kind: str, body: bytes, headers: dict[str, str]
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        """The ``Server`` header: the program, without its versions."""
        return "sphinx-docent"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what went wrong is worth a line."""
        if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)
