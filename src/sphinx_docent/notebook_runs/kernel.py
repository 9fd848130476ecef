"""Executes one notebook in a fresh kernel. Called in a process of its own."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import DocentError
from ..execution.executed_page import OUTPUT_LIMIT
from ..execution.memory import peak_memory
from ..execution.outcomes import how_it_died
from ..execution.processes import TOKEN
from .environment import EXTENSION, NotebookEnvironment

_LONGEST_SOCKET = 100
_TAIL = 4000

BEGUN = "\x1e"
"""Stands in the output where a cell was begun."""

NEEDED = ("ipykernel", "nbclient", "nbformat", "pip")


@dataclass(frozen=True, slots=True)
class NotebookRequest:
    """What a process is to do.

    :param notebook: the file.
    :param base: a folder of its own, which is not there yet.
    """

    notebook: Path
    base: Path

    @property
    def reached(self) -> Path:
        """The file that holds the index of the cell that was begun last."""
        return self.base / "reached"


def require_packages() -> None:
    """See that notebooks can be executed here.

    :raises DocentError: a package is missing, or this platform cannot execute them.
    """
    if not hasattr(os, "fork"):
        raise DocentError(
            f"notebooks cannot be executed on {sys.platform}, which has no fork: try it under WSL"
        )
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if absent:
        raise DocentError(
            f"to execute notebooks, {', '.join(absent)} must be installed: "
            "python -m pip install 'sphinx-docent[notebooks]'"
        )


def warm_up() -> None:
    """Load what every process needs."""
    import nbclient  # noqa: F401
    import nbformat  # noqa: F401


def execute_notebook(order: NotebookRequest) -> dict[str, Any]:
    """Execute a notebook in an environment of its own, as far as it goes.

    :returns: ``seconds``; ``peak_memory`` in bytes; ``counts``, the index of the cell by its
        number ``In[…]``; and ``error``: ``None``, or what went wrong in which ``cell``, where
        ``stopped`` says why the kernel was ended. All of it in a form that JSON holds.
    """
    overlay = NotebookEnvironment(order.base)
    overlay.make()
    os.environ.update({TOKEN: str(order.base)})
    variables = overlay.variables(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    tempfile.tempdir = None
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(overlay.work)
    return _execute(order, overlay)


def _execute(order: NotebookRequest, overlay: NotebookEnvironment) -> dict[str, Any]:
    import nbformat
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    class Kernel(AsyncKernelManager):
        """The overlay's own; no installed kernel is looked for."""

        @property
        def kernel_spec(self) -> KernelSpec:
            words = [str(overlay.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            words.append(f"--InteractiveShellApp.extra_extensions={EXTENSION}")
            return KernelSpec(argv=words, display_name="Python 3", language="python")

    class Client(NotebookClient):
        """Prints what is printed: the end of it is shown if the kernel dies."""

        printed = 0

        def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
            if msg["msg_type"] == "stream":
                text = msg["content"]["text"].encode(errors="replace")
                self.printed += len(text)
                if self.printed > OUTPUT_LIMIT:
                    process = getattr(manager.provisioner, "process", None)
                    return process and process.kill()
                os.write(1, text)
            return super().process_message(msg, cell, cell_index)

    def begun(cell: Any, cell_index: int) -> None:
        reached.append(cell_index)
        os.write(1, BEGUN.encode())
        order.reached.write_text(str(cell_index), encoding="ascii")

    notebook: Any = nbformat.read(order.notebook, as_version=4)
    reached = [0]
    # Sockets in the file system can't be taken by another kernel meanwhile, as ports can.
    sockets = str(order.base / "socket")
    short = len(sockets) < _LONGEST_SOCKET
    manager = Kernel(transport="ipc", ip=sockets) if short else Kernel()
    client = Client(notebook, km=manager, timeout=None, startup_timeout=120, on_cell_start=begun)
    started = time.perf_counter()

    async def run() -> dict[str, Any] | None:
        try:
            await client.async_execute()
        except CellExecutionError as failed:
            return _error(notebook.cells[reached[-1]], failed.ename, failed.evalue)
        except DeadKernelError:
            if client.printed > OUTPUT_LIMIT:
                return {"stopped": f"printed more than {OUTPUT_LIMIT // 2**20} MB and was ended"}
            process = getattr(manager.provisioner, "process", None)
            code = process.poll() if process is not None else None
            how = how_it_died(code) if code is not None else "for an unknown reason"
            return {"stopped": f"the kernel died: {how}"}
        finally:
            await manager.shutdown_kernel(now=True)
        return None

    error = asyncio.run(run())
    if error is not None:
        error["cell"] = reached[-1]
    return {
        "seconds": time.perf_counter() - started,
        "peak_memory": peak_memory(of_children=True),
        "counts": {
            str(cell.execution_count): index
            for index, cell in enumerate(notebook.cells)
            if cell.get("execution_count")
        },
        "error": error,
    }


def _error(cell: Any, name: str, value: str) -> dict[str, Any]:
    shown = [output for output in cell.outputs if output.output_type == "error"]
    return {
        "name": name,
        "value": value,
        "traceback": list(shown[-1].traceback) if shown else [],
        "printed": "".join(_printed(cell))[-_TAIL:],
    }


def _printed(cell: Any) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
