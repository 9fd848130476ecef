"""The cell magic ``%%shell`` of Colab, for a kernel in which a notebook is tried.

It is put into the kernel's environment and loaded there as an extension of IPython, so it needs
nothing of this package. As in Colab, the commands run in bash on a terminal, what they print is
shown while they run, and an exit code other than 0 fails the cell.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
from typing import Any

_TICK = 0.1
_CHUNK = 1 << 14


def load_ipython_extension(shell: Any) -> None:
    """Register the magic; IPython calls this."""
    shell.register_magic_function(run, "cell", "shell")


def run(line: str, cell: str) -> None:
    """Run a cell's commands.

    :param line: what stands behind ``%%shell``: nothing, or ``--ignore-errors``.
    :raises subprocess.CalledProcessError: they ended with an exit code other than 0.
    """
    ours, theirs = pty.openpty()
    try:
        _leave_line_ends(theirs)
        command = ["bash", "-c", cell]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        try:
            _show(ours, process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    finally:
        os.close(ours)
    if process.returncode and line.strip() != "--ignore-errors":
        raise subprocess.CalledProcessError(process.returncode, "%%shell")


def _show(terminal: int, process: subprocess.Popen[bytes]) -> None:
    """Print what arrives until the commands have ended; what they left behind may go on."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    over = False
    while True:
        ready, _, _ = select.select([terminal], [], [], 0 if over else _TICK)
        chunk = b""
        if ready:
            with contextlib.suppress(OSError):  # nobody holds the other end any more
                chunk = os.read(terminal, _CHUNK)
        sys.stdout.write(decoder.decode(chunk))
        sys.stdout.flush()
        if not chunk and (over or ready):
            process.wait()
            return
        over = process.poll() is not None


def _leave_line_ends(terminal: int) -> None:
    """Keep the terminal from turning each line's end into two characters."""
    settings = termios.tcgetattr(terminal)
    settings[1] &= ~termios.ONLCR
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
