"""The configuration, read and checked once; what lies below gets plain values of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .built_site.build_info import AS_CONFIGURED
from .cache.location import CacheLocation, parse_location
from .config_values import (
    check_kinds,
    parse_environment,
    parse_ignored,
    parse_isolation,
    parse_jobs,
    parse_known_failures,
    parse_memory,
    parse_number,
    parse_preload,
    parse_requirements,
    parse_requires,
    parse_scheduler,
    parse_shard,
    parse_source,
)
from .machine.requirements import Probe
from .model import IgnoredWarning
from .notebooks.colab import Colab
from .notebooks.install_cell import Install
from .planning.declarations import Declarations
from .planning.requirements import devices
from .planning.selection import NONE, Selection, parse_selection
from .planning.shards import Shard

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

EXECUTE_VARIABLES = ("DOCENT_EXECUTE", "TVM_TUTORIAL_EXEC_PATTERN")
"""Two names of one thing; the second is the one that TVM's documentation has."""

ISOLATION_VARIABLE = "DOCENT_ISOLATION"
VERSION_VARIABLE = "DOCS_VERSION"


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration values, checked.

    :param selection: ``None`` leaves the choice to sphinx-gallery's own settings.
    :param origin: where the selection was given, for errors.
    :param jobs: how many tutorials execute at a time.
    :param timeout: seconds for one tutorial.
    :param memory: bytes that all that execute at a time may hold together.
    :param isolation: ``"auto"``, or ``"copy"`` to do without namespaces.
    :param lock_timeout: seconds to wait for another build of the same checkout.
    :param cache: where produced pages are kept.
    :param shard: the part of the work that is this job's; ``None``: all of it.
    :param cache_size: bytes that it may hold.
    :param preload: modules to load before forking; ``None`` to find out which.
    :param environment: variables that count for every tutorial.
    :param scheduler: of the cluster that executes: its address or the name of its file; empty:
        this machine executes.
    :param devices: the requirements that are devices, not packages.
    :param notebooks_expire: hours after which a notebook that installs whatever is newest is
        executed again.
    :param source: the address of tutorials' sources, with ``{path}``, or empty.
    :param version: that the site is built for; empty if nobody has said.
    :param data: the address of their data, with ``{path}``, or empty.
    :param declarations: what ``conf.py`` says of tutorials, beside their comments.
    """

    selection: Selection | None
    origin: str
    jobs: int
    timeout: float
    memory: int
    isolation: str
    lock_timeout: float
    cache: CacheLocation
    shard: Shard | None
    cache_size: int
    preload: tuple[str, ...] | None
    environment: tuple[str, ...]
    ignored: tuple[IgnoredWarning, ...]
    colab: Colab | None
    install: Install
    notebooks_expire: float
    source: str
    data: str
    probes: Mapping[str, Probe]
    devices: frozenset[str]
    scheduler: str
    version: str
    declarations: Declarations

    @property
    def executes(self) -> bool:
        """Whether any tutorial may be executed."""
        return self.selection != NONE

    @property
    def selected(self) -> str:
        """The selection as it was asked for."""
        return self.selection.text if self.selection else AS_CONFIGURED

    @property
    def has_buttons(self) -> bool:
        """Whether tutorials' pages have a row of buttons."""
        return self.colab is not None or bool(self.source)


def read_settings(app: Sphinx) -> Settings:
    """Check the values.

    :raises DocentError: one is not what it should be.
    """
    config = app.config
    check_kinds(config)
    text, origin = _execute(config)
    return Settings(
        selection=parse_selection(text, origin) if text else None,
        origin=origin,
        jobs=parse_jobs(config.docent_jobs),
        timeout=parse_number("docent_timeout", config.docent_timeout),
        memory=parse_memory(config.docent_memory),
        isolation=_isolation(config),
        lock_timeout=parse_number("docent_lock_timeout", config.docent_lock_timeout),
        cache=_cache(config, Path(app.srcdir)),
        shard=parse_shard(config.docent_shard, config.docent_requirements),
        cache_size=int(parse_number("docent_cache_size", config.docent_cache_size) * 2**20),
        preload=parse_preload(config.docent_preload),
        environment=parse_environment(config.docent_environment),
        ignored=parse_ignored(config.docent_ignored_warnings),
        colab=Colab.from_config(config.docent_colab, config.version),
        install=Install.from_config(config.docent_install, config.docent_requirements),
        notebooks_expire=parse_number("docent_notebooks_expire", config.docent_notebooks_expire),
        data=parse_source(config.docent_data, "docent_data"),
        source=parse_source(config.docent_source),
        probes=parse_requirements(config.docent_requirements),
        devices=devices(config.docent_requirements),
        scheduler=parse_scheduler(config.docent_scheduler, app.confdir),
        version=config.docent_version or os.environ.get(VERSION_VARIABLE, ""),
        declarations=Declarations(
            requires=parse_requires(config.docent_requires),
            known_failures=parse_known_failures(config.docent_known_failures),
        ),
    )


def _cache(config: Config, srcdir: Path) -> CacheLocation:
    location = parse_location(config.docent_cache, config.docent_cache_readonly, srcdir)
    if location.url:
        # Sphinx keeps its configuration in a file beside the site.
        config.docent_cache = location.name
    return location


def _isolation(config: Config) -> str:
    """How tutorials are isolated; what the environment says of this machine goes first."""
    variable = os.environ.get(ISOLATION_VARIABLE, "")
    if variable:
        return parse_isolation(ISOLATION_VARIABLE, variable)
    return parse_isolation("docent_isolation", config.docent_isolation)


def _execute(config: Config) -> tuple[str, str]:
    """What to execute and who says so: a command's own word first, then the environment's, then
    ``conf.py``'s.
    """
    given = [name for name in EXECUTE_VARIABLES if os.environ.get(name)]
    if "docent_execute" in config.overrides or not given:
        return config.docent_execute, "docent_execute"
    return os.environ[given[0]], given[0]
