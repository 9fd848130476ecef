"""Servers on loopback that hold a shared cache: a web server that does as it is told, and S3."""

from __future__ import annotations

import contextlib
import functools
import http.server
import logging
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Damage = Callable[[str, bytes], bytes]


@dataclass
class Behaviour:
    """How a server behaves.

    :param delay: seconds before each answer.
    :param status: answered to everything, 0 to answer truly.
    :param damage: what becomes of an object, given its path.
    """

    delay: float = 0
    status: int = 0
    damage: Damage = field(default=lambda _, data: data)
    asked: list[str] = field(default_factory=list)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, folder: Path, behaviour: Behaviour) -> None:
        self.folder = folder
        self.behaviour = behaviour
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.behaviour.asked.append(f"{self.command} {self.path}")
        time.sleep(self.behaviour.delay)
        place = self.folder / self.path.lstrip("/")
        status = self.behaviour.status or (200 if place.is_file() else 404)
        body = self.behaviour.damage(self.path, place.read_bytes()) if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def web_server(folder: Path, behaviour: Behaviour | None = None) -> Iterator[str]:
    """Serve a folder; its URL."""
    handler = functools.partial(_Handler, folder=folder, behaviour=behaviour or Behaviour())
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def s3_environment(endpoint: str) -> dict[str, str]:
    """Variables by which a build finds an S3 server."""
    return {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": endpoint,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


@contextlib.contextmanager
def s3_server(bucket: str) -> Iterator[dict[str, str]]:
    """A real S3 server with an empty bucket; the variables by which a build finds it."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        urllib.request.urlopen(urllib.request.Request(f"{url}/{bucket}", method="PUT")).close()
        yield s3_environment(url)
    finally:
        server.stop()


def s3_names(variables: dict[str, str], bucket: str) -> list[str]:
    """The names of all objects in a bucket."""
    with urllib.request.urlopen(f"{variables['AWS_ENDPOINT_URL']}/{bucket}?list-type=2") as answer:
        return re.findall("<Key>(.*?)</Key>", answer.read().decode())
