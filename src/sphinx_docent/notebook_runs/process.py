"""What a process of its own does: execute one notebook in an environment of its own."""

from __future__ import annotations

import os
import signal
import tempfile
from typing import Any

from ..execution.processes import TOKEN
from .environment import NotebookEnvironment
from .request import NotebookRequest
from .visible_packages import kernel_packages


def warm_up() -> None:
    """Load what every process needs."""
    from . import kernel  # noqa: F401  # needs the extra ``notebooks``

    kernel_packages()


def execute_notebook(request: NotebookRequest) -> dict[str, Any]:
    """Execute a notebook, as far as it goes.

    :returns: a :class:`.request.NotebookAnswer`.
    """
    from .kernel import run_in_kernel  # needs the extra ``notebooks``

    environment = NotebookEnvironment(request.base)
    environment.make(request.hidden)
    os.environ[TOKEN] = str(request.base)
    variables = environment.variables(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    tempfile.tempdir = None
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(environment.work)
    return {**run_in_kernel(request, environment)}
