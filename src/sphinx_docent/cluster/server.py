"""Executes tutorials beside a Dask worker: ``python -m sphinx_docent.cluster.server``.

Its first line of input is the folder of a project, in JSON; until then it is a spare, and has
loaded what every project needs. It then reads the project's configuration as a build does, so that
nothing of it has to travel, and is what the server of a build on one machine is. What Dask has
loaded is not forked, and what a tutorial does to its process does nothing to the worker. It ends
when the worker closes its standard input, or ends.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import tempfile
from pathlib import Path

from ..cache.distributions import Distributions, documented_name
from ..execution.preload import safe_names
from ..execution.processes import die_with_parent
from ..execution.server import serve
from ..execution.tutorial_surroundings import Site, choose_surroundings
from ..execution.warm_up import warm_up
from ..gallery.matplotlib_import import block_matplotlib, unblock_matplotlib
from ..json_lines import encode_line
from ..machine.interpreter import installation_prefixes
from .bundle import inside
from .configuration_reader import read_configuration
from .project_setup import ProjectSetup
from .request_queue import RequestQueue

_EVERYBODYS = (
    "PIL.Image",
    "sphinx.builders.html",
    "sphinx_gallery.gen_gallery",
    "sphinx_docent.extension",
)


def main() -> None:
    """Wait for a project, and execute what is asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    die_with_parent(signal.SIGTERM)
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    _load_ahead()
    line = _first_line(control)
    if line:
        with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as work:
            _serve_project(Path(json.loads(line)), Path(os.path.realpath(work)), control)


def _serve_project(folder: Path, work: Path, control: socket.socket) -> None:
    """Read the configuration, and execute what is asked for.

    :param folder: of the project.
    :param work: is removed in the end.
    """
    os.chdir(folder)
    tree = folder / "tree"
    setup = ProjectSetup.from_json((folder / "setup.json").read_text(encoding="utf-8"))
    conf = read_configuration(tree, setup.configuration, work / "made")
    made = tuple(f"{inside(tree, name)}{os.sep}" for name in setup.made)
    excluded = (*made, *installation_prefixes())
    watched = Distributions(sys.path, documented_name(tree)).watched(tree)
    preload = setup.preload
    if setup.chooses:
        preload = safe_names(preload, tree, excluded, watched, work / "preload.json")
    queue = RequestQueue(tree, work, excluded, watched)

    site = Site(tree, work, excluded, setup.threads, setup.isolation)

    def get_ready() -> None:
        warm_up(preload, tree, excluded, conf, work)
        control.sendall(encode_line({"event": "ready"}))

    serve(
        control,
        [],
        lambda: choose_surroundings(site, queue.requests.__getitem__, conf),
        setup.threads,
        get_ready,
        queue,
    )


def _load_ahead() -> None:
    """Load what every project needs."""
    block_matplotlib({})
    for name in _EVERYBODYS:
        importlib.import_module(name)
    unblock_matplotlib()


def _first_line(control: socket.socket) -> bytes:
    """The first line, and nothing of the next; empty if there is none any more."""
    line = b""
    while not line.endswith(b"\n"):
        byte = control.recv(1)
        if not byte:
            return b""
        line += byte
    return line


if __name__ == "__main__":
    code = 1
    try:
        main()
        code = 0
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        # Threads of what the configuration has loaded may not hold the process.
        os._exit(code)
