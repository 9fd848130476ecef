"""What stands in the folder of a version: the site, and what only its deployment knows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..built_site.build_info import BuildInfo, site_files
from .errors import DeployError, SiteError
from .layout import COMMIT, DEPLOYED_SCRIPT, DOCS, MANIFEST

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Site:
    """A finished build.

    :param files: paths of the site, and where their contents are: a file, or bytes.
    """

    facts: BuildInfo
    files: Mapping[str, Path | bytes]


def load_site(folder: Path, facts: BuildInfo) -> Site:
    """The files of a built site.

    :raises SiteError: one of them cannot be published.
    """
    files: dict[str, Path | bytes] = {}
    for name, path in site_files(folder):
        if path.is_symlink() or not path.is_file():
            raise SiteError(f"{path} is no plain file: put a copy in its place, and build again")
        if name in (MANIFEST, COMMIT):
            raise SiteError(f"{path}: the name is needed for the deployment: rename the file")
        files[name] = path
    return Site(facts, files)


def read(content: Path | bytes) -> bytes:
    """The bytes of a content."""
    return content if isinstance(content, bytes) else content.read_bytes()


def placed(
    site: Site, version: str, place: str, base: str, partial: Sequence[str]
) -> dict[str, Path | bytes]:
    """The files of a version in its folder, by their paths on the branch.

    :param place: the folder; that of the version or of one of its aliases.
    :param base: the path in an address at which the branch's root is served.
    :param partial: what the site lacks.
    """
    files = dict(site.files)
    if DEPLOYED_SCRIPT in files:
        files[DEPLOYED_SCRIPT] = _deployed_script(version, place)
    if "404.html" in files:
        page = read(files["404.html"]).decode("utf-8", "surrogateescape")
        moved = rebased(page, f"{base}{place}/")
        files["404.html"] = moved.encode("utf-8", "surrogateescape")
    if site.facts.commit:
        files[COMMIT] = f"{site.facts.commit}\n".encode()
    manifest = {
        "format": FORMAT,
        "version": version,
        "commit": site.facts.commit,
        "selection": site.facts.selection,
        "partial": list(partial),
        "files": sorted(files, key=os.fsencode),
    }
    files[MANIFEST] = (json.dumps(manifest, indent=0) + "\n").encode()
    return {f"{place}/{name}": content for name, content in files.items()}


def owned(manifest: bytes, place: str) -> set[str]:
    """The paths on the branch that a deployment has put there.

    :param manifest: what it has left about itself.
    :raises DeployError: it cannot be read.
    """
    try:
        data: dict[str, Any] = json.loads(manifest)
        names = {str(name) for name in data["files"]} if data["format"] == FORMAT else None
    except (ValueError, TypeError, KeyError):
        names = None
    if names is None:
        raise DeployError(
            f"{place}/{MANIFEST} on the branch cannot be read: look at it; with --adopt, all files"
            f" in {place} are taken as those of the version"
        )
    return {f"{place}/{name}" for name in (*names, MANIFEST)}


def adopted(paths: Iterable[str], place: str, others: Iterable[str]) -> set[str]:
    """All paths in the folder of a version, those of other versions left out.

    :param others: the folders of other versions and aliases.
    """
    beside = tuple(f"{other}/" for other in others if other != DOCS)
    inside = {path for path in paths if path.startswith(f"{place}/")}
    if place == DOCS:
        numbered = re.compile(rf"{DOCS}/(?:v?\d[^/]*|latest|stable)/")
        inside = {
            path for path in inside if not path.startswith(beside) and not numbered.match(path)
        }
    return inside


def rebased(page: str, prefix: str) -> str:
    """A page for addresses that do not exist, which knows itself by absolute addresses.

    :param page: its HTML, built for some other place.
    :param prefix: where it will be served, with slashes at its ends.
    """
    found = re.search(r'\s(?:src|href)="(/(?:[^"/]+/)*?)_static/', page)
    if found is None or found[1] == prefix:
        return page
    built_for = re.escape(found[1])
    attribute = rf'(\s(?:src|href|action|data-content_root)="){built_for}(?!/)'
    return re.sub(attribute, lambda match: match[1] + prefix, page)


def _deployed_script(version: str, place: str) -> bytes:
    """What the version switcher needs to know; see ``docent-versions.js``."""
    facts = {
        "version": version,
        "versions": "versions.json" if place == DOCS else "../versions.json",
    }
    return f"window.docentDeployed = {json.dumps(facts)};\n".encode()
