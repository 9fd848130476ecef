"""What stands in the folder of a version: the site, and what only its deployment knows."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable
from typing import Any

from .errors import DeployError
from .layout import COMMIT, DEPLOYED_SCRIPT, MANIFEST, Layout
from .site import Content, Site, bytes_of

FORMAT = 1


def version_files(
    site: Site, version: str, folder: str, base: str, layout: Layout
) -> dict[str, Content]:
    """The files of a version in its folder, by their paths on the branch.

    :param folder: that of the version or of one of its aliases.
    :param base: the path in an address at which the branch's root is served.
    """
    files = dict(site.files)
    if DEPLOYED_SCRIPT in files:
        files[DEPLOYED_SCRIPT] = _deployed_script(version, folder, layout)
    if "404.html" in files:
        page = bytes_of(files["404.html"]).decode("utf-8", "surrogateescape")
        moved = rebased(page, f"{base}{folder}/")
        files["404.html"] = moved.encode("utf-8", "surrogateescape")
    if site.facts.commit:
        files[COMMIT] = f"{site.facts.commit}\n".encode()
    manifest = {
        "format": FORMAT,
        "version": version,
        "language": site.facts.language,
        "commit": site.facts.commit,
        "selection": site.facts.selection,
        "partial": list(site.partial),
        "files": sorted(files, key=os.fsencode),
    }
    files[MANIFEST] = (json.dumps(manifest, indent=0) + "\n").encode()
    return {f"{folder}/{name}": content for name, content in files.items()}


def deployed_language(manifest: bytes | None) -> str:
    """The language of what a deployment has put there; empty if that is not known."""
    try:
        return str(json.loads(manifest or b"{}").get("language", ""))
    except (ValueError, AttributeError):
        return ""


def deployed_paths(manifest: bytes, folder: str) -> set[str]:
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
            f"{folder}/{MANIFEST} on the branch cannot be read: look at it; with --adopt, all files"
            f" in {folder} are taken as those of the version"
        )
    return {f"{folder}/{name}" for name in (*names, MANIFEST)}


def adopted_paths(
    paths: Iterable[str], folder: str, others: Iterable[str], *, has_versions: bool
) -> set[str]:
    """All paths in the folder of a version, those of other versions left out.

    :param others: the folders of other versions and aliases.
    :param has_versions: whether folders of releases lie in it, those of nobody's list too.
    """
    beside = tuple(f"{other}/" for other in others if other.startswith(f"{folder}/"))
    numbered = re.compile(rf"{re.escape(folder)}/(?:v?\d[^/]*|latest|stable)/")
    inside = {path for path in paths if path.startswith(f"{folder}/")}
    if has_versions:
        inside = {path for path in inside if not numbered.match(path)}
    return {path for path in inside if not path.startswith(beside)}


def rebased(page: str, prefix: str) -> str:
    """A page for addresses that do not exist, which knows itself by absolute addresses.

    :param page: its HTML, built for some other folder.
    :param prefix: where it will be served, with slashes at its ends.
    """
    found = re.search(r'\s(?:src|href)="(/(?:[^"/]+/)*?)_static/', page)
    if found is None or found[1] == prefix:
        return page
    built_for = re.escape(found[1])
    attribute = rf'(\s(?:src|href|action|data-content_root)="){built_for}(?!/)'
    return re.sub(attribute, lambda match: match[1] + prefix, page)


def _deployed_script(version: str, folder: str, layout: Layout) -> bytes:
    """What the version switcher needs to know; see ``docent-versions.js``."""
    facts = {
        "version": version,
        "versions": posixpath.relpath(layout.versions, folder),
    }
    return f"window.docentDeployed = {json.dumps(facts)};\n".encode()
