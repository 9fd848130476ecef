"""The first cells of a notebook: what the tutorial needs of the machine that it is opened on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import DocentError
from .cells import Cell
from .pip_command import PipWords, commands, name_of, parse_words
from .setup_cells import GPU_CHECK, GPU_TEXT, RESTART_CHECK

EVERY = "*"
"""The key of ``docent_install`` for what every notebook installs."""

_GPU = "cuda"

GPU_METADATA: Mapping[str, Any] = {"accelerator": "GPU", "colab": {"gpuType": "T4"}}
"""What Colab reads in a notebook's metadata."""


@dataclass(frozen=True, slots=True)
class OwnProject:
    """The project whose documentation is built.

    :param word: what pip is asked for: its name, and the version that is documented if that was
        released.
    :param modules: the names by which it is imported.
    """

    word: str
    modules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one entry of ``docent_install`` says.

    :param text: Markdown that stands above the installation.
    """

    words: PipWords
    text: str = ""


@dataclass(frozen=True, slots=True)
class Install:
    """What notebooks install.

    :param asked: by the name of a requirement; nothing for a device.
    :param modules: the module that a requirement of another name looks for.
    """

    asked: Mapping[str, Asked]
    modules: Mapping[str, str]

    @classmethod
    def from_config(cls, value: Mapping[str, Any], probes: Mapping[str, Any]) -> Install:
        """Check ``docent_install``.

        :param probes: ``docent_requirements``; only those that name a package can be installed.
        :raises DocentError: an entry is nothing that pip could be asked for.
        """
        devices = {name for name, probe in probes.items() if not isinstance(probe, str)} | {_GPU}
        asked = {name: _asked(name, entry) for name, entry in value.items()}
        nothing = dict.fromkeys(sorted(devices), Asked(PipWords()))
        modules = {name: probe for name, probe in probes.items() if isinstance(probe, str)}
        return cls({**nothing, **asked}, modules)

    def entries(
        self,
        requires: Iterable[str],
        distribution: Callable[[str], str],
        own: OwnProject | None = None,
    ) -> list[Asked]:
        """What the notebook of a tutorial asks for.

        :param requires: the tutorial's requirements; one without an entry is a module.
        :param distribution: the name by which a module's package is installed.
        :param own: the documented project, if the tutorial imports it.
        """
        entries = [self.asked[EVERY]] if EVERY in self.asked else []
        for name in requires:
            word = distribution(self.modules.get(name, name))
            entries.append(self.asked.get(name) or Asked(PipWords(packages=(word,))))
        if own is not None:
            entries[:0] = self._own(own, entries)
        return entries

    def _own(self, own: OwnProject, others: Iterable[Asked]) -> Iterator[Asked]:
        name = name_of(own.word) or ""
        if name not in {name_of(word) for other in others for word in other.words.packages}:
            said = (entry for key, entry in self.asked.items() if name_of(key) == name)
            yield next(said, Asked(PipWords(packages=(own.word,))))


def first_cells(entries: Iterable[Asked], requires: Collection[str]) -> list[Cell]:
    """The cells that go before a tutorial's own.

    :param entries: what is installed.
    """
    asked = list(entries)
    cells = [Cell("markdown", text, "install") for text in _texts(asked)]
    if lines := commands(entry.words for entry in asked):
        cells.append(Cell("code", "\n".join(lines), "install"))
        cells.append(Cell("code", RESTART_CHECK, "restart"))
    if needs_gpu(requires):
        cells += [Cell("markdown", GPU_TEXT, "gpu"), Cell("code", GPU_CHECK, "gpu")]
    return cells


def needs_gpu(requires: Collection[str]) -> bool:
    """Whether the notebook must be opened on a machine with a GPU."""
    return _GPU in requires


def _texts(asked: Iterable[Asked]) -> list[str]:
    return list(dict.fromkeys(entry.text for entry in asked if entry.text))


def _asked(name: str, entry: Any) -> Asked:
    said = entry if isinstance(entry, Mapping) else {"install": entry}
    words, text = said.get("install", []), said.get("text", "")
    words = [words] if isinstance(words, str) else words
    strings = isinstance(words, (list, tuple)) and all(isinstance(word, str) for word in words)
    if not strings or not isinstance(text, str) or set(said) - {"install", "text"}:
        raise DocentError(
            f"docent_install[{name!r}] is {entry!r}: give what pip shall install, a list of it, or "
            "a dictionary with 'install' and 'text'"
        )
    try:
        return Asked(parse_words(words), text.strip())
    except ValueError as error:
        raise DocentError(
            f"docent_install[{name!r}]: pip cannot install {error}; write it as in a requirements "
            "file: 'name', 'name==1.0', or 'git+https://address'"
        ) from None
