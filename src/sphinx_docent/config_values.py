"""The configuration values that ``conf.py`` may set: registered with Sphinx, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DocentError
from .machine.cores import available_cores
from .machine.memory import available_memory, parse_size
from .machine.requirements import Probe, has_package
from .model import CUDA, IgnoredWarning, KnownFailure
from .planning.declarations import KNOWN_FAILURES, REQUIRES
from .planning.selection import compile_pattern
from .planning.shards import Shard

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_KINDS: dict[str, tuple[type, ...]] = {
    "docent_execute": (str,),
    "docent_ignored_warnings": (list, tuple),
    "docent_colab": (dict,),
    "docent_install": (dict,),
    "docent_known_failures": (dict,),
    "docent_requirements": (dict,),
    "docent_requires": (dict,),
    "docent_scheduler": (str,),
    "docent_source": (str,),
    "docent_version": (str,),
}


def add_config_values(app: Sphinx) -> None:
    """Register the values with Sphinx, each with its default."""
    app.add_config_value("docent_execute", "", "", str)
    app.add_config_value("docent_jobs", "auto", "", (str, int))
    app.add_config_value("docent_timeout", 600, "", (int, float, str))
    app.add_config_value("docent_memory", "auto", "", (str, int))
    app.add_config_value("docent_isolation", "auto", "", str)
    app.add_config_value("docent_lock_timeout", 3600, "", (int, float, str))
    app.add_config_value("docent_cache", "", "", str)
    app.add_config_value("docent_cache_readonly", False, "", bool)
    app.add_config_value("docent_shard", "", "", str)
    app.add_config_value("docent_cache_size", 4096, "", (int, float, str))
    app.add_config_value("docent_preload", "auto", "", (str, list, tuple))
    app.add_config_value("docent_environment", [], "", (list, tuple))
    app.add_config_value("docent_ignored_warnings", [], "", (list, tuple))
    app.add_config_value("docent_colab", {}, "html", dict)
    app.add_config_value("docent_install", {}, "html", dict)
    app.add_config_value("docent_notebooks_expire", 24, "", (int, float, str))
    app.add_config_value("docent_notebook_outputs", False, "html", bool)
    app.add_config_value("docent_source", "", "html", str)
    app.add_config_value("docent_data", "", "html", str)
    app.add_config_value("docent_requirements", {}, "", dict)
    app.add_config_value("docent_requires", {}, "", dict)
    app.add_config_value("docent_known_failures", {}, "", dict)
    app.add_config_value("docent_redirects", {}, "html", dict)
    app.add_config_value("docent_version", "", "", str)
    app.add_config_value("docent_scheduler", "", "", str)
    # Projects have used these two names in conf.py for values of their own.
    for name in ("subsection_order", "within_subsection_order"):
        if name not in app.config:
            app.add_config_value(name, None, "")


def check_kinds(config: Config) -> None:
    """See that values are of the kind that they should be.

    :raises DocentError: one is not; as all functions of this module.
    """
    for name, kinds in _KINDS.items():
        if not isinstance(config[name], kinds):
            raise DocentError(f"{name} is {config[name]!r}: give a {kinds[0].__name__}")


def parse_jobs(value: str | int) -> int:
    """``docent_jobs``: how many tutorials execute at a time."""
    if value == "auto":
        return available_cores()
    try:
        jobs = int(value)
    except (ValueError, TypeError):
        jobs = 0
    if jobs < 1:
        raise DocentError(f"docent_jobs is {value!r}: give 'auto' or a whole number above 0")
    return jobs


def parse_memory(value: str | int) -> int:
    """``docent_memory``: bytes that tutorials may hold together."""
    if value == "auto":
        return available_memory()
    try:
        return parse_size(str(value))
    except ValueError as error:
        raise DocentError(f"docent_memory: {error}; or give 'auto'") from None


def parse_isolation(name: str, value: str) -> str:
    """``docent_isolation``, or the variable in its place: ``"auto"`` or ``"copy"``."""
    if value not in ("auto", "copy"):
        raise DocentError(f"{name} is {value!r}: give 'auto' or 'copy'")
    return value


def parse_number(name: str, value: float | str) -> float:
    """A value that is a number above 0."""
    try:
        number = float(value)
    except (ValueError, TypeError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise DocentError(f"{name} is {value!r}: give a number above 0")
    return number


def parse_source(value: Any, name: str = "docent_source") -> str:
    """``docent_source`` or ``docent_data``: an address with ``{path}``, or empty."""
    is_address = isinstance(value, str) and re.match(r"(https?|file)://", value)
    if value and (not is_address or "{path}" not in value):
        raise DocentError(
            f"{name} is {value!r}: give an address with {{path}} in the place of the "
            "tutorial's path, as in 'https://github.com/owner/name/blob/main/{path}'"
        )
    return str(value)


def parse_preload(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...] | None:
    """``docent_preload``: names of modules; ``None`` to find out which."""
    if value == "auto":
        return None
    if not value:
        return ()
    names = [name.strip() for name in value.split(",")] if isinstance(value, str) else value
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(r"\w+(\.\w+)*", name):
            raise DocentError(f"docent_preload: {name!r} is not the name of a module")
    return tuple(names)


def parse_environment(value: Any) -> tuple[str, ...]:
    """``docent_environment``: names of variables that count for every tutorial."""
    if not isinstance(value, (list, tuple)):
        raise DocentError(f"docent_environment is {value!r}: give a list of names")
    for name in value:
        if not isinstance(name, str) or not re.fullmatch(r"[^=\s\0]+", name) or name == "*":
            raise DocentError(f"docent_environment: {name!r} is not the name of a variable")
    return tuple(sorted(set(value)))


def parse_shard(value: Any, requirements: Iterable[str]) -> Shard | None:
    """``docent_shard``: the part of the work that is this job's; ``None``: all of it.

    :param requirements: the names that ``docent_requirements`` holds.
    """
    if value == "":
        return None
    try:
        shard = Shard.parse(str(value))
    except ValueError:
        raise DocentError(
            f"docent_shard is {value!r}: give the number of this job and how many there are,"
            " such as '2/4', or '2/4:cuda' for the second of four with a GPU"
        ) from None
    if shard.device not in ("", CUDA, *requirements):
        raise DocentError(
            f"docent_shard is {value!r}: {shard.device!r} is neither {CUDA!r} nor in"
            " docent_requirements"
        )
    return shard


def parse_ignored(entries: Iterable[Any]) -> tuple[IgnoredWarning, ...]:
    """``docent_ignored_warnings``: what may be passed over, each with a reason."""
    return tuple(map(_parse_ignored, entries))


def _parse_ignored(entry: Any) -> IgnoredWarning:
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
    return IgnoredWarning(pattern, entry.get("file"), entry["reason"])


def parse_scheduler(value: str, confdir: str | Path) -> str:
    """``docent_scheduler``: an address, the absolute name of a scheduler file, or empty."""
    if not value or re.match(r"\w+://.", value):
        return value
    if "://" in value or re.search(r":\d+$", value):
        raise DocentError(
            f"docent_scheduler is {value!r}: give an address, as in 'tcp://192.0.2.1:8786', or"
            " the name of a scheduler file; relative ones begin at conf.py"
        )
    return str(Path(confdir) / value)


def parse_requirements(value: Mapping[str, Any]) -> dict[str, Probe]:
    """``docent_requirements``: for each name, what tells whether the machine has it."""
    return {name: _parse_probe(name, probe) for name, probe in value.items()}


def _parse_probe(name: str, probe: Any) -> Probe:
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


def parse_requires(value: Mapping[str, Any]) -> tuple[tuple[re.Pattern[str], list[str]], ...]:
    """``docent_requires``: what the tutorials need that a pattern finds."""
    return tuple(
        (compile_pattern(pattern, REQUIRES), _parse_names(f"{REQUIRES}[{pattern!r}]", names))
        for pattern, names in value.items()
    )


def _parse_names(where: str, value: Any) -> list[str]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not all(
        isinstance(name, str) and re.fullmatch(r"[\w.-]+", name) for name in names
    ):
        raise DocentError(f'{where} is {value!r}: give a list of names, as in ["cuda", "torch"]')
    return list(names)


def parse_known_failures(value: Mapping[str, Any]) -> tuple[KnownFailure, ...]:
    """``docent_known_failures``: the tutorials that fail for now, and why."""
    return tuple(_parse_known_failure(*entry) for entry in value.items())


def _parse_known_failure(pattern: str, value: Any) -> KnownFailure:
    where = f"{KNOWN_FAILURES}[{pattern!r}]"
    entry = {"reason": value} if isinstance(value, str) else value
    if not isinstance(entry, Mapping) or not {"reason"} <= set(entry) <= {*_OF_KNOWN_FAILURES}:
        raise DocentError(
            f"{where} is {value!r}: give a reason, or a dictionary with a 'reason' and, if wanted,"
            " an 'issue' and a date 'until'"
        )
    if not str(entry["reason"]).strip():
        raise DocentError(f"{where} has no reason")
    until = entry.get("until")
    if isinstance(until, str):
        try:
            until = date.fromisoformat(until)
        except ValueError:
            raise DocentError(f"{where}: {until!r} is no date, as in '2026-12-31'") from None
    if until is not None and type(until) is not date:
        raise DocentError(f"{where}: {until!r} is no date, as in '2026-12-31'")
    found = compile_pattern(pattern, KNOWN_FAILURES)
    return KnownFailure(found, str(entry["reason"]).strip(), str(entry.get("issue") or ""), until)


_OF_KNOWN_FAILURES = ("reason", "issue", "until")
