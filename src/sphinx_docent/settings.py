"""The extension's configuration values, and their checked form."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cache.location import CacheLocation, parse_location
from .errors import DocentError
from .machine.requirements import Probe, has_package
from .notebooks.colab import Colab
from .notebooks.install_cell import Install
from .planning.selection import NONE, Selection, parse
from .planning.shards import DEVICE, Shard

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_KINDS: dict[str, tuple[type, ...]] = {
    "docent_execute": (str,),
    "docent_ignored_warnings": (list, tuple),
    "docent_colab": (dict,),
    "docent_install": (dict,),
    "docent_requirements": (dict,),
    "docent_scheduler": (str,),
    "docent_source": (str,),
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
    :param cache: where produced pages are kept.
    :param shard: the part of the work that is this job's; ``None``: all of it.
    :param cache_size: bytes that it may hold.
    :param preload: modules to load before forking; ``None`` to find out which.
    :param scheduler: of the cluster that executes: its address or the name of its file; empty:
        this machine executes.
    :param devices: the requirements that are devices, not packages.
    :param source: the address of tutorials' sources, with ``{path}``, or empty.
    """

    selection: Selection | None
    origin: str
    jobs: int
    timeout: float
    cache: CacheLocation
    shard: Shard | None
    cache_size: int
    preload: tuple[str, ...] | None
    ignored: tuple[Ignored, ...]
    colab: Colab | None
    install: Install
    source: str
    probes: Mapping[str, Probe]
    devices: frozenset[str]
    scheduler: str

    @property
    def executes(self) -> bool:
        """Whether any tutorial may be executed."""
        return self.selection != NONE

    @property
    def selected(self) -> str:
        """The selection as it was asked for."""
        return self.selection.text if self.selection else "as sphinx-gallery is configured"

    @property
    def has_buttons(self) -> bool:
        """Whether tutorials' pages have a row of buttons."""
        return self.colab is not None or bool(self.source)


def add_config_values(app: Sphinx) -> None:
    """Register the values with Sphinx, each with its default."""
    app.add_config_value("docent_execute", "", "", str)
    app.add_config_value("docent_jobs", "auto", "", (str, int))
    app.add_config_value("docent_timeout", 600, "", (int, float, str))
    app.add_config_value("docent_cache", "", "", str)
    app.add_config_value("docent_cache_readonly", False, "", bool)
    app.add_config_value("docent_shard", "", "", str)
    app.add_config_value("docent_cache_size", 4096, "", (int, float, str))
    app.add_config_value("docent_preload", "auto", "", (str, list, tuple))
    app.add_config_value("docent_ignored_warnings", [], "", (list, tuple))
    app.add_config_value("docent_colab", {}, "html", dict)
    app.add_config_value("docent_install", {}, "html", dict)
    app.add_config_value("docent_source", "", "html", str)
    app.add_config_value("docent_requirements", {}, "", dict)
    app.add_config_value("docent_redirects", {}, "html", dict)
    app.add_config_value("docent_scheduler", "", "", str)
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
        timeout=_number("docent_timeout", config.docent_timeout),
        cache=_cache(app),
        shard=_shard(config.docent_shard, config.docent_requirements),
        cache_size=int(_number("docent_cache_size", config.docent_cache_size) * 2**20),
        preload=_preload(config.docent_preload),
        ignored=tuple(_ignored(entry) for entry in config.docent_ignored_warnings),
        colab=Colab.from_config(config.docent_colab, config.version),
        install=Install.from_config(config.docent_install, config.docent_requirements),
        source=_source(config.docent_source),
        probes={name: _probe(name, probe) for name, probe in config.docent_requirements.items()},
        devices=_devices(config.docent_requirements),
        scheduler=_scheduler(config.docent_scheduler, app),
    )


def _cache(app: Sphinx) -> CacheLocation:
    config = app.config
    location = parse_location(config.docent_cache, config.docent_cache_readonly, Path(app.srcdir))
    if location.url:
        # Sphinx keeps its configuration in a file beside the site.
        config.docent_cache = location.name
    return location


def theme_source(config: Config) -> str:
    """The address of sources that the theme is configured with, with ``{path}``, or empty.

    Themes from pydata-sphinx-theme on know ``repository_url`` or ``html_context``'s ``github_…``.
    """
    options, context = config.html_theme_options, config.html_context
    if address := str(options.get("repository_url", "")).rstrip("/"):
        return f"{address}/blob/{options.get('repository_branch') or 'main'}/{{path}}"
    if context.get("github_user") and context.get("github_repo"):
        address = f"https://github.com/{context['github_user']}/{context['github_repo']}"
        return f"{address}/blob/{context.get('github_version') or 'main'}/{{path}}"
    return ""


def available_cores() -> int:
    """The processor cores that this process may use, a container's limit respected."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _quota() or sys.maxsize))


def limit_threads(jobs: int) -> None:
    """Give each of several tutorials its share of the cores, where the user said nothing else.

    Numeric libraries look at these variables when they are loaded; sphinx-gallery loads some
    before anything is forked.
    """
    share = max(1, available_cores() // jobs)
    for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "TVM"):
        os.environ.setdefault(f"{name}_NUM_THREADS", str(share))


def _quota() -> int | None:
    """The whole cores that the control group may use (``cpu.max`` of version 2, then 1)."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        try:
            folder = Path("/sys/fs/cgroup/cpu")
            quota = (folder / "cpu.cfs_quota_us").read_text(encoding="ascii").strip()
            period = (folder / "cpu.cfs_period_us").read_text(encoding="ascii").strip()
        except OSError:
            return None
    if quota == "max" or int(quota) <= 0:
        return None
    return max(1, int(quota) // int(period))


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


def _number(name: str, value: float | str) -> float:
    try:
        number = float(value)
    except (ValueError, TypeError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise DocentError(f"{name} is {value!r}: give a number above 0")
    return number


def _source(value: str) -> str:
    if value and ("{path}" not in value or not re.match(r"https?://", value)):
        raise DocentError(
            f"docent_source is {value!r}: give an address with {{path}} in the place of the "
            "tutorial's path, as in 'https://github.com/owner/name/blob/main/{path}'"
        )
    return value


def _preload(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...] | None:
    if value == "auto":
        return None
    if not value:
        return ()
    names = [name.strip() for name in value.split(",")] if isinstance(value, str) else value
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(r"\w+(\.\w+)*", name):
            raise DocentError(f"docent_preload: {name!r} is not the name of a module")
    return tuple(names)


def _shard(value: Any, requirements: Iterable[str]) -> Shard | None:
    if value == "":
        return None
    try:
        shard = Shard.parse(str(value))
    except ValueError:
        raise DocentError(
            f"docent_shard is {value!r}: give the number of this job and how many there are,"
            " such as '2/4', or '2/4:cuda' for the second of four with a GPU"
        ) from None
    if shard.device not in ("", DEVICE, *requirements):
        raise DocentError(
            f"docent_shard is {value!r}: {shard.device!r} is neither {DEVICE!r} nor in"
            " docent_requirements"
        )
    return shard


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


def _devices(probes: Mapping[str, Any]) -> frozenset[str]:
    own = {name for name, probe in probes.items() if callable(probe)}
    return frozenset(own if "cuda" in probes else {"cuda", *own})


def _scheduler(value: str, app: Sphinx) -> str:
    if not value or re.match(r"\w+://.", value):
        return value
    if "://" in value or re.search(r":\d+$", value):
        raise DocentError(
            f"docent_scheduler is {value!r}: give an address, as in 'tcp://192.0.2.1:8786', or"
            " the name of a scheduler file; relative ones begin at conf.py"
        )
    return str(app.confdir / value)


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
