"""Shows a built site in the browser: ``python -m sphinx_docent.serve FOLDER``.

This module speaks with the person: it reads the command line, opens the port and says in one line
what is wrong. What is answered to a request is decided in :mod:`sphinx_docent.serve.static_server`.
"""

from __future__ import annotations

import argparse
import errno
import ipaddress
import signal
import socket
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from sphinx_docent.serve.static_server import StaticServer

LOCALHOST = "localhost"


class ServeError(Exception):
    """The site cannot be served; the message is one line for the person who asked."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ServeError(message)


def open_server(site: Path, host: str, port: int) -> StaticServer:
    """Listen for requests for a built site.

    :param site: the folder that holds ``index.html``.
    :param host: a name or an address of this machine; ``localhost`` is 127.0.0.1.
    :param port: 0 to 65535, where 0 takes a free one.
    :raises ServeError: when there is no site, or the host or port cannot be had.
    """
    if not (site / "index.html").is_file():
        raise ServeError(f"no site in {site} yet: build it first, with: nox -s docs_full")
    if not 0 <= port <= 65535:
        raise ServeError(f"port {port} does not exist: choose one from 0 (any free one) to 65535")
    try:
        family, address = _resolve(host, port)
        return StaticServer(address, site, family)
    except (socket.gaierror, UnicodeError) as error:
        raise ServeError(f"host {host!r} is not known: use localhost") from error
    except OSError as error:
        raise ServeError(_reason(error, host, port)) from error


def url_of(server: StaticServer, host: str) -> str:
    """The address to type into a browser."""
    port = server.server_address[1]
    name = f"[{host}]" if ":" in host else host
    return f"http://{LOCALHOST if _is_this_machine(host) else name}:{port}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    :param arguments: the command line's words; those of the process by default.
    :returns: the exit code: 0, or 2 when the site could not be served.
    """
    try:
        options = _parser().parse_args(arguments)
        server = open_server(options.site, options.host, options.port)
    except ServeError as error:
        print(f"serve: {error}", file=sys.stderr)
        return 2
    # Shells start background jobs with SIGINT ignored; here it always ends the server.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    with server:
        url = url_of(server, options.host)
        try:
            print(f"Serving {options.site} at {url} (Ctrl-C ends it)", flush=True)
            if options.open:
                webbrowser.open(url)
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            print()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sphinx_docent.serve", description="Serve a built site.")
    parser.add_argument("site", type=Path, help="the folder that holds index.html")
    parser.add_argument("--host", default=LOCALHOST, help="where to listen (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="0: any free one (%(default)s)")
    parser.add_argument("--open", action="store_true", help="open the browser")
    return parser


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    if host == LOCALHOST:
        return socket.AF_INET, ("127.0.0.1", port)
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return family, (str(address[0]), port)


def _reason(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"port {port} is taken: end what uses it, or choose another with --port (0: any)"
        case errno.EACCES:
            return f"port {port} needs more rights than you have: choose one above 1023"
        case errno.EADDRNOTAVAIL:
            return f"host {host!r} is no address of this machine: use localhost"
        case _:
            return f"cannot listen at {host!r}, port {port}: {error}"


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == LOCALHOST
    return address in (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("0.0.0.0"))  # noqa: S104


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
