"""The command line of ``serve``: reads it, and serves until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from .listening import LOCALHOST, ServeError, open_server, url_of


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ServeError(message)


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


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
