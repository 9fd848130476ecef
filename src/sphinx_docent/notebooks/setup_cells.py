"""The code of cells that prepare a reader's kernel for the tutorial."""

from __future__ import annotations

GPU_TEXT = """\
> **This tutorial needs a GPU.** In Colab, choose *Runtime*, *Change runtime type*, *T4 GPU* \
before you run it. The next cell checks that there is one."""

GPU_CHECK = """\
import shutil
import subprocess

if not shutil.which("nvidia-smi") or b"GPU " not in subprocess.run(
    ["nvidia-smi", "-L"], stdout=subprocess.PIPE
).stdout:
    raise RuntimeError(
        "no NVIDIA GPU found; in Colab, choose Runtime > Change runtime type > T4 GPU, then run all"
    )
print("GPU found")"""

RESTART_CHECK = """\
# What was imported before it was upgraded stays as it was until the kernel is restarted.
def _check_imported():
    import os
    import sys

    try:
        from psutil import Process

        began = Process().create_time() + 2  # seconds: neither clock is exact
    except ImportError:
        return
    old = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if "-packages" in file and "." not in name:
            if not os.path.exists(file) or os.stat(file).st_ctime > began:
                old.append(name)
    if old:
        raise RuntimeError(
            f"{', '.join(sorted(old))} was imported before it was upgraded: restart the kernel "
            "(in Colab: Runtime > Restart session), then run all cells again"
        )


if not globals().get("_imported_checked"):
    _check_imported()
    _imported_checked = True"""
"""Fails where the installation replaced what the kernel had imported."""

SHELL_MAGIC = """\
# The magic %%shell, for kernels other than Colab's.
def _shell(line, cell):
    import os
    import subprocess
    import sys
    import threading

    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
    process = subprocess.Popen(
        ["bash", "-c", cell],
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )

    def show():
        for row in process.stdout:
            print(row, end="", flush=True)

    shown = threading.Thread(target=show, daemon=True)
    shown.start()
    try:
        process.wait()
    finally:
        process.kill()
    shown.join(2)  # what still runs in the background is not waited for
    if process.returncode and line.strip() != "--ignore-errors":
        raise subprocess.CalledProcessError(process.returncode, "%%shell")


if "shell" not in get_ipython().magics_manager.magics["cell"]:
    get_ipython().register_magic_function(_shell, "cell", "shell")"""
"""Defines ``%%shell`` as Colab has it: bash, output as it comes, a failure fails the cell."""
