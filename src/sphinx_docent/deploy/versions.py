"""The list of versions on the branch, ``docs/versions.json``, which the version switcher reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .errors import DeployError
from .layout import DEVELOPMENT, VERSIONS

Entry = dict[str, Any]


def parse(data: bytes | None) -> list[Entry]:
    """The entries that are on the branch; none where there is no list yet.

    :raises DeployError: the list cannot be read.
    """
    if data is None:
        return []
    try:
        entries = json.loads(data)
    except ValueError:
        entries = None
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and isinstance(entry.get("version"), str) for entry in entries
    ):
        raise DeployError(f"{VERSIONS} on the branch is no list of versions: mend or remove it")
    return entries


def dump(entries: Sequence[Entry]) -> bytes:
    """The file."""
    return (json.dumps(list(entries), indent=1, ensure_ascii=False) + "\n").encode()


def aliases_of(entries: Sequence[Entry], version: str) -> list[str]:
    """The aliases that a version has."""
    return [a for e in entries if e["version"] == version for a in e.get("aliases", [])]


def refuse_clashes(entries: Sequence[Entry], version: str, aliases: Sequence[str]) -> None:
    """A name stands for a version or for an alias.

    :raises DeployError: one would stand for both.
    """
    versions = {entry["version"] for entry in entries} | {version, DEVELOPMENT}
    for alias in aliases:
        if alias in versions:
            raise DeployError(f"{alias!r} is a version: give the alias another name")
    for entry in entries:
        if version in entry.get("aliases", []):
            raise DeployError(f"{version!r} is an alias of {entry['version']}: give another name")


def with_version(
    entries: Sequence[Entry], version: str, aliases: Sequence[str], partial: Sequence[str]
) -> list[Entry]:
    """The list after a version was deployed: development first, then the newest release.

    :param aliases: they lead to this version from now on, and to no other.
    :param partial: what the version lacks.
    """
    others: list[Entry] = []
    for entry in entries:
        if entry["version"] != version:
            left = [alias for alias in entry.get("aliases", []) if alias not in aliases]
            others.append({**entry, "aliases": left} if "aliases" in entry else entry)
    ours: Entry = {
        "version": version,
        "name": version,
        "url": "./" if version == DEVELOPMENT else f"{version}/",
        "aliases": sorted(aliases),
    }
    if partial:
        ours["partial"] = list(partial)
    return sorted([*others, ours], key=_newest_first, reverse=True)


def default_version(entries: Sequence[Entry]) -> Entry:
    """The version that a visitor without further wishes gets: development, else the latest."""

    def rank(entry: Mapping[str, Any]) -> tuple[bool, bool]:
        return (entry["version"] == DEVELOPMENT, "latest" in entry.get("aliases", []))

    return max(entries, key=rank)


def _newest_first(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    version = entry["version"]
    numbers = tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0]))
    is_final = not re.search(r"\d(?:\.?(?:a|b|rc|dev)|-)", version)
    return (version == DEVELOPMENT, numbers[:3], is_final, numbers, version)
