"""The list of versions on the branch, ``versions.json``, which the version switcher reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .errors import DeployError
from .layout import DEVELOPMENT, Layout

Entry = dict[str, Any]


def parse(data: bytes | None, path: str) -> list[Entry]:
    """The entries that are on the branch; none where there is no list yet.

    :param path: of the list, for the error.
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
        raise DeployError(f"{path} on the branch is no list of versions: mend or remove it")
    return entries


def dump(entries: Sequence[Entry]) -> bytes:
    """The file."""
    return (json.dumps(list(entries), indent=1, ensure_ascii=False) + "\n").encode()


def aliases_of(entries: Sequence[Entry], version: str, layout: Layout) -> list[str]:
    """The aliases of a version, and of the one that it replaces in its folder."""
    url = layout.url_of(version)
    return [
        alias
        for entry in entries
        if entry["version"] == version or entry.get("url") == url
        for alias in entry.get("aliases", [])
    ]


def newest_only(entries: Sequence[Entry], version: str, aliases: Iterable[str]) -> list[str]:
    """The aliases that a version may take because no newer release stands on the branch.

    A pre-release takes none that a release has.
    """
    others = [e for e in entries if e["version"] not in (version, DEVELOPMENT)]
    finals = [entry for entry in others if _is_final(entry["version"])]
    if any(_age(entry["version"]) > _age(version) for entry in finals):
        return []
    return [] if finals and not _is_final(version) else list(aliases)


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


def refuse_older(
    entries: Sequence[Entry], version: str, aliases: Iterable[str], layout: Layout
) -> None:
    """Neither an alias nor a folder goes back to an older version.

    :raises DeployError: one would.
    """
    url, wanted = layout.url_of(version), set(aliases)
    for entry in entries:
        if entry["version"] == version or _age(entry["version"]) <= _age(version):
            continue
        if moved := sorted(wanted & set(entry.get("aliases", []))):
            raise DeployError(
                f"{moved[0]!r} leads to {entry['version']}, which is newer than {version}: leave"
                " --alias out, or give --force-alias to let it lead back"
            )
        if entry.get("url") == url:
            raise DeployError(
                f"{layout.folder_of(version)} holds {entry['version']}, which is newer than"
                f" {version}: give --force-alias to replace it all the same"
            )


def with_version(
    entries: Sequence[Entry],
    version: str,
    aliases: Sequence[str],
    partial: Sequence[str],
    layout: Layout,
) -> list[Entry]:
    """The list after a version was deployed: development first, then the newest release.

    :param aliases: they lead to this version from now on, and to no other.
    :param partial: what the version lacks.
    """
    url = layout.url_of(version)
    others: list[Entry] = []
    for entry in entries:
        if entry["version"] != version and entry.get("url") != url:
            left = [alias for alias in entry.get("aliases", []) if alias not in aliases]
            others.append({**entry, "aliases": left} if "aliases" in entry else entry)
    ours: Entry = {"version": version, "name": version, "url": url, "aliases": sorted(aliases)}
    if partial:
        ours["partial"] = list(partial)
    return sorted([*others, ours], key=lambda entry: _age(entry["version"]), reverse=True)


def default_version(entries: Sequence[Entry], layout: Layout) -> Entry:
    """The version that a visitor without further wishes gets.

    It is development where that lies in front of the releases; else the latest of these.
    """
    in_front = layout.development == layout.home

    def rank(entry: Mapping[str, Any]) -> tuple[bool, bool, bool]:
        is_development = entry["version"] == DEVELOPMENT
        is_latest = bool({"latest", "stable"} & set(entry.get("aliases", [])))
        return (is_development and in_front, is_latest, not is_development)

    return max(entries, key=rank)


def _is_final(version: str) -> bool:
    return not re.search(r"\d(?:\.?(?:a|b|rc|dev)|-)", version)


def _age(version: str) -> tuple[Any, ...]:
    """What is greater for a newer version."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0]))
    return (version == DEVELOPMENT, numbers[:3], _is_final(version), numbers, version)
