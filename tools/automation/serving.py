"""``invoke serve``: shows the site, built or rebuilt after each edit."""

from __future__ import annotations

import socket
import threading
import time
import webbrowser
from contextlib import closing

from invoke import Context, Exit, task

from .programs import (
    docent,
    prepare,
    run_until_interrupted,
    session_environment,
    session_python,
)
from .project import LAYOUT


@task(
    help={
        "port": "where to listen; 0 takes a free one",
        "host": "name or address to listen at; other machines reach the site at 0.0.0.0",
        "open": "open the browser",
        "live": "rebuild and reload the browser after each edit, executing nothing",
        "execute": "with --live: a regular expression; the tutorials that match are executed",
    }
)
def serve(
    _: Context,
    port: str = "8000",
    host: str = "localhost",
    open: bool = False,  # noqa: A002
    live: bool = False,
    execute: str = "",
) -> None:
    """Show the built site in the browser, at http://localhost:8000."""
    if execute and not live:
        raise Exit("serve: --execute needs --live", code=2)
    if live:
        serve_live(host, free_port(host, port), execute, open_browser=open)
    else:
        flags = ["--host", host, "--port", port, *(["--open"] if open else [])]
        run_until_interrupted(*docent("serve", *flags, LAYOUT.site.html))


def serve_live(host: str, port: int, execute: str, *, open_browser: bool) -> None:
    """Rebuild into a folder of its own at every edit, so that the finished site stays."""
    python = session_python("docs_full" if execute else "docs_precheck")
    environment = session_environment(python)
    prepare(environment)
    address = "127.0.0.1" if host == "localhost" else host
    url = f"http://{'localhost' if address in ('127.0.0.1', '0.0.0.0') else address}:{port}"  # noqa: S104
    command = [python, "-m", "sphinx_autobuild", "--host", address, "--port", str(port)]
    command += ["--re-ignore", r"/__pycache__/|/\.[^/]*$|~$|\.new$"]
    for folder in dict.fromkeys([*LAYOUT.pythonpath, *LAYOUT.watch]):
        command += ["--watch", folder]
    for generated in (*LAYOUT.built, LAYOUT.site.state):
        command += ["--ignore", generated]
    command += ["-j", "auto", "-D", f"docent_execute={execute or 'none'}"]
    live = f"{LAYOUT.site.build}/live"
    command += ["-d", f"{live}-doctrees", LAYOUT.site.documentation, live]
    print(f"Serving {live} at {url} after the first build (Ctrl-C ends it)", flush=True)
    if open_browser:
        threading.Thread(target=open_when_served, args=(address, port, url), daemon=True).start()
    run_until_interrupted(command, environment)


def free_port(host: str, port: str) -> int:
    """The port, looked at before a build is begun for it; a free one for 0."""
    if not port.isdecimal() or int(port) > 65535:
        raise Exit(f"serve: port {port} does not exist: choose one from 0 to 65535", code=2)
    try:
        family, *_, address = socket.getaddrinfo(
            "127.0.0.1" if host == "localhost" else host, int(port), type=socket.SOCK_STREAM
        )[0]
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"serve: cannot listen at {host}, port {port}: {reason}; choose others"
        raise Exit(message, code=2) from error


def open_when_served(address: str, port: int, url: str) -> None:
    """Open the browser as soon as something answers at the port."""
    while True:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            webbrowser.open(url)
            return
