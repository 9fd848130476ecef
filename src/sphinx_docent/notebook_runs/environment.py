"""A throwaway environment on top of this one, in which one notebook may install what it likes.

It sees the packages of this environment but for those that the notebook shall install; what pip
installs goes into it alone and comes first.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .visible_packages import Hidden

EXTENSION = "docent_pip"
"""The name by which a kernel of the environment loads our ``%pip``."""

# What would reach into the environment, or have pip install somewhere else.
_UNWANTED = {
    "MPLBACKEND",
    "PIP_PREFIX",
    "PIP_PYTHON",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "__PYVENV_LAUNCHER__",
}

_PIP = """\
#!/bin/sh
exec "$(dirname "$0")/python" -m pip "$@"
"""


@dataclass(frozen=True, slots=True)
class NotebookEnvironment:
    """The environment's folders.

    :param base: holds all of them.
    """

    base: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.base / "env" / "bin" / "python"

    @property
    def work(self) -> Path:
        """The empty folder that the notebook is opened in."""
        return self.base / "work"

    def make(self, hidden: Hidden) -> None:
        """Make the environment and the folders.

        :param hidden: the packages that it must not see.
        """
        for name in ("work", "tmp", "ipython", "jupyter"):
            (self.base / name).mkdir(parents=True)
        environment = self.base / "env"
        venv.EnvBuilder(symlinks=True, with_pip=False).create(environment)
        own = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
        seen = self.base / "seen"
        hidden.link_packages(seen)
        line = f"import site; site.addsitedir({str(seen)!r})\n"
        (own / "docent.pth").write_text(line, encoding="utf-8")
        shutil.copyfile(Path(__file__).with_name("pip_magic.py"), own / f"{EXTENSION}.py")
        for name in ("pip", "pip3"):
            script = self.python.with_name(name)
            script.write_text(_PIP, encoding="ascii")
            script.chmod(0o755)

    def variables(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The environment variables of the kernel, made from those of this process."""
        kept = {name: value for name, value in environ.items() if name not in _UNWANTED}
        path = f"{self.python.parent}{os.pathsep}{environ.get('PATH', os.defpath)}"
        return {
            **kept,
            "PATH": path,
            "VIRTUAL_ENV": str(self.base / "env"),
            "TMPDIR": str(self.base / "tmp"),
            "IPYTHONDIR": str(self.base / "ipython"),
            "JUPYTER_CONFIG_DIR": str(self.base / "jupyter"),
            "JUPYTER_DATA_DIR": str(self.base / "jupyter"),
            "JUPYTER_NO_CONFIG": "1",
            "JUPYTER_RUNTIME_DIR": str(self.base / "jupyter"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PIP_PROGRESS_BAR": "off",
        }
