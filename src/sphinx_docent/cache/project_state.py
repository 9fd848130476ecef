"""The project and its surroundings as they are now; each question is answered once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import stat
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from . import ambient
from .distributions import Distributions
from .inputs import TABLES
from .locations import Locations
from .module_origin import module_origin

NO_EFFECTS: Mapping[str, Mapping[str, str]] = {}


class ProjectState:
    """What there is now. One lives as long as nothing of it is expected to change.

    :param root: the repository's root.
    :param made: folders that builds make; they are in no listing.
    :param environ: the variables of the environment.
    :param effects: what ``conf.py`` does, by whom it concerns: see :mod:`.conf_effects`.
    """

    def __init__(
        self,
        root: Path,
        distributions: Distributions,
        made: Collection[Path] = (),
        environ: Mapping[str, str] = os.environ,
        home: Path | None = None,
        effects: Mapping[str, Mapping[str, str]] = NO_EFFECTS,
    ) -> None:
        self.root = root
        self.distributions = distributions
        self.locations = Locations(root, distributions, home)
        self.made = tuple(made)
        self._made = frozenset(map(str, made))
        self._environ = environ
        self.effects = effects
        self._asking: dict[str, frozenset[str]] = {}
        self._known: dict[str, dict[str, str | None]] = {table: {} for table in TABLES}
        self._ask: dict[str, Callable[[str], str | None]] = {
            "files": self._file,
            **{table: partial(self._status, table) for table in ("kinds", "modes")},
            **{table: partial(self._status, table) for table in ("sizes", "times")},
            "links": self._link,
            "folders": self._folder,
            "modules": partial(module_origin, root=root, naming=self.locations.name),
            "distributions": distributions.state,
            "variables": self._variable,
            "ambient": self._ambient,
        }
        importlib.invalidate_caches()

    def anew(self) -> ProjectState:
        """The same, looked at again."""
        return ProjectState(self.root, self.distributions.anew(), self.made, effects=self.effects)

    def value(self, table: str, name: str) -> str | None:
        """What :class:`Inputs` would hold now; ``None`` for what is absent.

        :param table: a field of :class:`Inputs`.
        """
        known = self._known[table]
        if name not in known:
            try:
                known[name] = self._ask[table](name)
            except (OSError, ValueError):
                known[name] = None
        return known[name]

    def asked_by(self, path: str) -> frozenset[str]:
        """What of :data:`.ambient.AMBIENT` a module of the project may ask for."""
        if path not in self._asking:
            found: set[str] = set()
            if path.endswith(".py") and self.locations.name(path) is not None:
                with contextlib.suppress(OSError):
                    found = ambient.asked_for(Path(path).read_text("utf-8", errors="replace"))
            self._asking[path] = frozenset(found)
        return self._asking[path]

    def file(self, path: Path) -> str | None:
        """SHA-256 of a file's content."""
        name = self.locations.name(str(path))
        return self.value("files", name) if name else None

    def _path(self, name: str) -> Path:
        path = self.locations.path(name)
        if path is None:
            raise FileNotFoundError(name)
        return path

    def _file(self, name: str) -> str | None:
        path = self._path(name)
        if not path.is_file():
            return None
        if path.parent.name.endswith("-info") and path.name in ("METADATA", "PKG-INFO"):
            head = path.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
            return hashlib.sha256(head).hexdigest()
        known = self.locations.recorded_digest(name)
        if known is not None:
            return known
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _status(self, table: str, name: str) -> str | None:
        status = self._path(name).stat()
        is_file = stat.S_ISREG(status.st_mode)
        if table == "kinds":
            return "file" if is_file else "folder" if stat.S_ISDIR(status.st_mode) else "other"
        if table == "modes":
            return "x" if status.st_mode & stat.S_IXUSR else "-"
        if table == "sizes":
            return str(status.st_size) if is_file else None
        return str(status.st_mtime_ns)

    def _link(self, name: str) -> str | None:
        target = os.readlink(self._path(name))
        return self.locations.name(target) or target if os.path.isabs(target) else target

    def _folder(self, name: str) -> str | None:
        folder = self._path(name)
        with os.scandir(folder) as found:
            names = sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in found
                if entry.name != "__pycache__"
                and os.path.join(folder, entry.name) not in self._made
            )
        return hashlib.sha256("\0".join(names).encode(errors="surrogateescape")).hexdigest()

    def _variable(self, name: str) -> str | None:
        if name == "*":
            shown = sorted(pair for pair in self._environ.items() if pair[0] not in _OF_A_SHELL)
            return _digest(repr(shown))
        value = self._environ.get(name)
        return None if value is None else _digest(f"{name}={value}")

    def _ambient(self, name: str) -> str | None:
        if name == ambient.TIME_ZONE:
            return ambient.time_zone()
        if name == ambient.LOCALE:
            return ambient.locale_names(self._environ)
        if name.startswith(ambient.CONF):
            done = self.effects.get(name.removeprefix(ambient.CONF))
            return _digest(repr(list(done.items()))) if done else None
        return ambient.entry_points(self.distributions.all.values())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


_OF_A_SHELL = {
    *("_", "COLUMNS", "INVOCATION_ID", "LINES", "OLDPWD", "PPID", "PWD", "PYTEST_CURRENT_TEST"),
    *("SHLVL", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "TERM"),
    *("TERM_SESSION_ID", "WINDOWID", "XDG_SESSION_ID"),
    *("DOCENT_BUILD_LOCK", "DOCENT_TUTORIAL", "MPLBACKEND", "TMPDIR"),
}
"""What differs from shell to shell, and what we set."""
