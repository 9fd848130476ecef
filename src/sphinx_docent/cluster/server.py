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
from typing import Any, NoReturn

from sphinx.application import Sphinx

from ..execution.child import ExecutionRequest, execute_tutorial, site_folders, warm_up
from ..execution.preload import choose
from ..execution.processes import die_with_parent
from ..execution.server import Job, serve
from ..gallery.configuration import GalleryConf
from ..gallery.matplotlib_import import block_matplotlib, unblock_matplotlib
from ..gallery.page_files import page_files
from .bundle import inside


class _Ready(BaseException):
    """The configuration is complete; no :class:`Exception`, so that nobody takes it for one."""


class _ConfigurationReader(Sphinx):
    """Goes as far as to where a build would begin to execute."""

    def setup_extension(self, extname: str) -> None:
        """Load an extension, and come before what ours does."""
        known = extname in self.extensions
        super().setup_extension(extname)
        if extname == "sphinx_docent" and not known:
            self.connect("builder-inited", self._stop, priority=399)

    def _stop(self, app: Sphinx) -> NoReturn:
        raise _Ready(app.config.sphinx_gallery_conf)


def read_configuration(tree: Path, setup: dict[str, Any], made: Path) -> GalleryConf:
    """sphinx-gallery's settings, as a build of the project in ``tree`` has them.

    :param setup: see :class:`sphinx_docent.cluster.configuration.ProjectConfiguration`.
    :param made: where Sphinx may write.
    """
    sys.path[:0] = [str(inside(tree, name)) for name in setup["path"]]
    try:
        _ConfigurationReader(
            srcdir=inside(tree, setup["srcdir"]),
            confdir=inside(tree, setup["confdir"]),
            outdir=made / "out",
            doctreedir=made / "doctrees",
            buildername=setup["builder"],
            confoverrides=setup["overrides"],
            status=None,
            warning=sys.stderr,
            tags=setup["tags"],
        )
    except _Ready as ready:
        (conf,) = ready.args
        return dict(conf)
    raise RuntimeError("the project does not use sphinx_docent")


class RequestQueue:
    """The tutorials that the worker has asked for, by index.

    :param work: where their working folders are made.
    """

    def __init__(self, tree: Path, work: Path, excluded: tuple[str, ...]) -> None:
        self.orders: list[ExecutionRequest] = []
        self._tree = tree
        self._work = work
        self._excluded = excluded

    def job(self, message: dict[str, Any]) -> Job:
        """Note what is to be done."""
        order = ExecutionRequest(
            source=inside(self._tree, message["source"]),
            target_dir=inside(self._tree, message["target_dir"]),
            root=self._tree,
            base=self._work / str(len(self.orders)),
            linked=tuple(inside(self._tree, name) for name in message["linked"]),
            excluded=self._excluded,
        )
        order.target_dir.mkdir(parents=True, exist_ok=True)
        self.orders.append(order)
        return Job(str(order.base), message["timeout"])

    def ended(self, index: int) -> dict[str, Any]:
        """Tell which files of its page are there, and what the worker is to remove.

        To remove the many links of a working folder can take longer than a short tutorial.
        """
        order = self.orders[index]
        files = page_files(order.target_dir / order.source.name)
        names = [path.relative_to(order.target_dir).as_posix() for path in files]
        return {"files": names, "base": str(order.base)}


def load_ahead() -> None:
    """Load what every project needs."""
    block_matplotlib()
    for name in ("PIL.Image", "sphinx.builders.html", "sphinx_gallery.gen_gallery", _EXTENSION):
        importlib.import_module(name)
    unblock_matplotlib()


def main() -> None:
    """Read the configuration, and execute what is asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    die_with_parent(signal.SIGTERM)
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    load_ahead()
    line = _line(control)
    if not line:
        return
    folder = Path(json.loads(line))
    os.chdir(folder)
    tree = folder / "tree"
    setup = json.loads((folder / "setup.json").read_bytes())
    with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as name:
        work = Path(os.path.realpath(name))
        conf = read_configuration(tree, setup, work / "made")
        made = tuple(f"{inside(tree, name)}{os.sep}" for name in setup["made"])
        excluded = (*made, *site_folders())
        preload = setup["preload"]
        if setup["chooses"]:
            preload = choose(preload, tree, excluded, work / "preload.json")
        orders = RequestQueue(tree, work, excluded)

        def get_ready() -> None:
            warm_up(preload, tree, excluded, conf, work)
            control.sendall(b'{"event": "ready"}\n')

        serve(
            control,
            [],
            lambda index: execute_tutorial(orders.orders[index], conf),
            setup["threads"],
            get_ready,
            orders,
        )


def _line(control: socket.socket) -> bytes:
    """The first line, and nothing of the next; empty if there is none any more."""
    line = b""
    while not line.endswith(b"\n"):
        byte = control.recv(1)
        if not byte:
            return b""
        line += byte
    return line


_EXTENSION = "sphinx_docent.extension"

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
