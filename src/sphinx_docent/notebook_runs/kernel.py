"""Runs a notebook's cells in a fresh kernel. Imported only where notebooks are executed.

Needs the extra ``notebooks``.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from ..execution.executed_page import OUTPUT_LIMIT
from ..execution.memory import peak_memory
from ..execution.outcomes import how_it_died
from .environment import EXTENSION, NotebookEnvironment
from .request import BEGUN, CellError, NotebookAnswer, NotebookRequest

_LONGEST_SOCKET = 100
_TAIL = 4000


class EnvironmentKernel(AsyncKernelManager):
    """The kernel of the environment; no installed one is looked for."""

    python: Path

    @property
    def kernel_spec(self) -> KernelSpec:
        words = [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        words.append(f"--InteractiveShellApp.extra_extensions={EXTENSION}")
        return KernelSpec(argv=words, display_name="Python 3", language="python")

    @property
    def process(self) -> Any:
        """The kernel's process; ``None`` before it begins and after it has ended."""
        return getattr(self.provisioner, "process", None)


class PrintingClient(NotebookClient):
    """Prints what is printed: the end of it is shown if the kernel dies.

    :param reached: the index of the cell that was begun last.
    """

    printed = 0
    reached = 0

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] == "stream":
            text = msg["content"]["text"].encode(errors="replace")
            self.printed += len(text)
            if self.printed > OUTPUT_LIMIT:
                process = self.km.process  # type: ignore[union-attr]
                return process and process.kill()
            os.write(1, text)
        return super().process_message(msg, cell, cell_index)


def run_in_kernel(request: NotebookRequest, environment: NotebookEnvironment) -> NotebookAnswer:
    """Execute a notebook's cells, one after the other."""
    notebook: Any = nbformat.read(request.notebook, as_version=4)
    manager = _manager(request, environment)
    client = PrintingClient(notebook, km=manager, timeout=None, startup_timeout=120)

    def begun(cell: Any, cell_index: int) -> None:
        client.reached = cell_index
        os.write(1, BEGUN.encode())
        request.reached.write_text(str(cell_index), encoding="ascii")

    client.on_cell_start = begun
    started = time.perf_counter()
    error = asyncio.run(_execute(client, manager))
    if error is not None:
        error["cell"] = client.reached
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


def _manager(request: NotebookRequest, environment: NotebookEnvironment) -> EnvironmentKernel:
    # Sockets in the file system can't be taken by another kernel meanwhile, as ports can.
    sockets = str(request.base / "socket")
    short = len(sockets) < _LONGEST_SOCKET
    manager = EnvironmentKernel(transport="ipc", ip=sockets) if short else EnvironmentKernel()
    manager.python = environment.python
    return manager


async def _execute(client: PrintingClient, manager: EnvironmentKernel) -> CellError | None:
    """Execute all cells; what went wrong, if anything did."""
    try:
        await client.async_execute()
    except CellExecutionError as failed:
        return _cell_error(client.nb.cells[client.reached], failed)
    except DeadKernelError:
        return {"stopped": _why_it_stopped(client, manager)}
    finally:
        await manager.shutdown_kernel(now=True)
    return None


def _cell_error(cell: Any, failed: CellExecutionError) -> CellError:
    shown = [output for output in cell.outputs if output.output_type == "error"]
    printed = [output.text for output in cell.outputs if output.output_type == "stream"]
    return {
        "name": failed.ename,
        "value": failed.evalue,
        "traceback": list(shown[-1].traceback) if shown else [],
        "printed": "".join(printed)[-_TAIL:],
    }


def _why_it_stopped(client: PrintingClient, manager: EnvironmentKernel) -> str:
    if client.printed > OUTPUT_LIMIT:
        return f"printed more than {OUTPUT_LIMIT // 2**20} MB and was ended"
    code = manager.process.poll() if manager.process is not None else None
    how = how_it_died(code) if code is not None else "for an unknown reason"
    return f"the kernel died: {how}"
