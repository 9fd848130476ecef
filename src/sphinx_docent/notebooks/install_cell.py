"""The first cells of a notebook: what the tutorial needs of the machine that it is opened on."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from ..errors import DocentError
from .cells import Cell

EVERY = "*"
"""The key of ``docent_install`` for what every notebook installs."""

_GPU = "cuda"

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

GPU_METADATA: Mapping[str, Any] = {"accelerator": "GPU", "colab": {"gpuType": "T4"}}
"""What Colab reads in a notebook's metadata."""


@dataclass(frozen=True, slots=True)
class Install:
    """What notebooks install.

    :param packages: what pip is asked for, by the name of a requirement; empty for a device.
    """

    packages: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_config(cls, value: Mapping[str, Any], probes: Mapping[str, Any]) -> Install:
        """Check ``docent_install``.

        :param probes: ``docent_requirements``; only those that name a package can be installed.
        :raises DocentError: an entry is nothing that pip could be asked for.
        """
        devices = {name for name, probe in probes.items() if not isinstance(probe, str)} | {_GPU}
        asked = {name: _asked(name, entry) for name, entry in value.items()}
        return cls({**dict.fromkeys(sorted(devices), ()), **asked})

    def wanted(self, requires: Iterable[str]) -> list[str]:
        """What the notebook of a tutorial asks pip for.

        :param requires: the tutorial's requirements; one without an entry is a package of that
            name.
        """
        words = [*self.packages.get(EVERY, ())]
        for name in requires:
            words += self.packages.get(name, (name.partition(".")[0],))
        return list(dict.fromkeys(words))

    def cell(self, requires: Iterable[str]) -> str:
        """The cell that installs; empty where there is nothing to install."""
        words = self.wanted(requires)
        if not words:
            return ""
        pre = ["--pre"] if any(map(_is_prerelease, words)) else []
        return f"%%shell\n{shlex.join(['pip', 'install', *pre, *words])}"


def first_cells(install: Install, requires: Collection[str]) -> list[Cell]:
    """The cells that go before a tutorial's own."""
    cells = []
    if source := install.cell(requires):
        cells.append(Cell("code", source, "install"))
    if needs_gpu(requires):
        cells += [Cell("markdown", GPU_TEXT, "gpu"), Cell("code", GPU_CHECK, "gpu")]
    return cells


def needs_gpu(requires: Collection[str]) -> bool:
    """Whether the notebook must be opened on a machine with a GPU."""
    return _GPU in requires


def _asked(name: str, entry: Any) -> tuple[str, ...]:
    words = [entry] if isinstance(entry, str) else entry
    if not isinstance(words, (list, tuple)) or not all(isinstance(word, str) for word in words):
        raise DocentError(
            f"docent_install[{name!r}] is {entry!r}: give what pip shall install, or a list of it"
        )
    for word in words:
        try:
            Requirement(word)
        except InvalidRequirement as error:
            reason = str(error).splitlines()[0]
            raise DocentError(
                f"docent_install[{name!r}]: pip cannot install {word!r} ({reason}); "
                "write it as in a requirements file: 'name' or 'name==1.0'"
            ) from None
    return tuple(words)


def _is_prerelease(word: str) -> bool:
    """Whether a word pins a version that pip takes only when it is told to."""
    for specifier in Requirement(word).specifier:
        try:
            if specifier.operator in ("==", "===") and Version(specifier.version).is_prerelease:
                return True
        except InvalidVersion:
            continue
    return False
