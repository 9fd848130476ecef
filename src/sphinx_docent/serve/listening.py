"""Opens the port on which a built site is served, and says in one line why that cannot be."""

from __future__ import annotations

import errno
import ipaddress
import socket
from pathlib import Path

from .static_server import StaticServer

LOCALHOST = "localhost"


class ServeError(Exception):
    """The site cannot be served; the message is one line for the person who asked."""


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
