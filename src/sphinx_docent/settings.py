"""The extension's configuration values, and their checked form."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .colab import Colab
from .errors import DocentError
from .requirements import Probe, has_package
from .selection import Selection, parse

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_KINDS: dict[str, tuple[type, ...]] = {
    "docent_execute": (str,),
    "docent_ignored_warnings": (list, tuple),
    "docent_colab": (dict,),
    "docent_requirements": (dict,),
}
EXECUTE_VARIABLE = "TVM_TUTORIAL_EXEC_PATTERN"


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry of ``docent_ignored_warnings``.

    :param pattern: searched in ``[category] message``.
    :param file: the diagnostic's file must end with it; ``None`` for any file.
    :param reason: why it may be ignored.
    """

    pattern: re.Pattern[str]
    file: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration values, checked.

    :param selection: ``None`` leaves the choice to sphinx-gallery's own settings.
    :param origin: where the selection was given, for errors.
    :param jobs: how many tutorials execute at a time.
    :param timeout: seconds for one tutorial.
    :param cache: the folder where produced pages are kept.
    """

    selection: Selection | None
    origin: str
    jobs: int
    timeout: float
    cache: Path
    ignored: tuple[Ignored, ...]
    colab: Colab | None
    probes: Mapping[str, Probe]

    @property
    def selected(self) -> str:
        """The selection as it was asked for."""
        return self.selection.text if self.selection else "as sphinx-gallery is configured"


def add_config_values(app: Sphinx) -> None:
    """Register the values with Sphinx, each with its default."""
    app.add_config_value("docent_execute", "", "", str)
    app.add_config_value("docent_jobs", "auto", "", (str, int))
    app.add_config_value("docent_timeout", 600, "", (int, float, str))
    app.add_config_value("docent_cache", "", "", str)
    app.add_config_value("docent_ignored_warnings", [], "", (list, tuple))
    app.add_config_value("docent_colab", {}, "html", dict)
    app.add_config_value("docent_requirements", {}, "", dict)
    # Projects have used these two names in conf.py for values of their own.
    for name in ("subsection_order", "within_subsection_order"):
        if name not in app.config:
            app.add_config_value(name, None, "")


def read_settings(app: Sphinx) -> Settings:
    """Check the values.

    :raises DocentError: one is not what it should be.
    """
    config = app.config
    for name, kinds in _KINDS.items():
        if not isinstance(config[name], kinds):
            raise DocentError(f"{name} is {config[name]!r}: give a {kinds[0].__name__}")
    text, origin = _execute(config.docent_execute, overridden="docent_execute" in config.overrides)
    return Settings(
        selection=parse(text, origin) if text else None,
        origin=origin,
        jobs=_jobs(config.docent_jobs),
        timeout=_timeout(config.docent_timeout),
        cache=_cache(config.docent_cache, app),
        ignored=tuple(_ignored(entry) for entry in config.docent_ignored_warnings),
        colab=Colab.from_config(config.docent_colab, config.version),
        probes={name: _probe(name, probe) for name, probe in config.docent_requirements.items()},
    )


def available_cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _execute(value: str, *, overridden: bool) -> tuple[str, str]:
    """A command's own word first, then the environment's, then ``conf.py``'s."""
    variable = os.environ.get(EXECUTE_VARIABLE, "")
    if overridden or not variable:
        return value, "docent_execute"
    return variable, EXECUTE_VARIABLE


def _jobs(value: str | int) -> int:
    if value == "auto":
        return available_cores()
    try:
        jobs = int(value)
    except (ValueError, TypeError):
        jobs = 0
    if jobs < 1:
        raise DocentError(f"docent_jobs is {value!r}: give 'auto' or a whole number above 0")
    return jobs


def _timeout(value: float | str) -> float:
    try:
        seconds = float(value)
    except (ValueError, TypeError):
        seconds = 0.0
    if not seconds > 0:
        raise DocentError(f"docent_timeout is {value!r}: give a number of seconds above 0")
    return seconds


def _cache(value: Any, app: Sphinx) -> Path:
    if not isinstance(value, (str, os.PathLike)) or "://" in str(value):
        raise DocentError(
            f"docent_cache is {value!r}: give a folder; relative ones begin at conf.py"
        )
    return app.srcdir / value if value else state_folder(app) / "cache"


def state_folder(app: Sphinx) -> Path:
    """Where reports and produced pages go: ``_build/docent`` in the source directory."""
    return Path(app.srcdir) / "_build" / "docent"


def _ignored(entry: Any) -> Ignored:
    keys = {"pattern", "file", "reason"}
    if not isinstance(entry, dict) or not {"pattern", "reason"} <= set(entry) <= keys:
        raise DocentError(
            f"docent_ignored_warnings: {entry!r} is not a dictionary with a 'pattern', "
            "a 'reason' and, if wanted, a 'file'"
        )
    if not str(entry["reason"]).strip():
        raise DocentError(f"docent_ignored_warnings: {entry['pattern']!r} has no reason")
    try:
        pattern = re.compile(entry["pattern"])
    except (re.error, TypeError) as error:
        raise DocentError(
            f"docent_ignored_warnings: {entry['pattern']!r} is not a regular expression: {error}"
        ) from None
    return Ignored(pattern, entry.get("file"), entry["reason"])


def _probe(name: str, probe: Any) -> Probe:
    if isinstance(probe, bool):
        return lambda: probe
    if isinstance(probe, str):
        return lambda: has_package(probe)
    if callable(probe):
        return lambda: bool(probe())
    raise DocentError(
        f"docent_requirements[{name!r}] is {probe!r}: give True, False, the name of a package, "
        "or a function that tells whether the requirement is met"
    )
