"""One installed distribution, as the folder of its metadata tells."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.version import InvalidVersion, Version

_FOLDER = re.compile(r"(?P<name>[^-]+)(-(?P<version>.+?))?(-py[\d.]+)?\.(dist|egg)-info")
_MODULE = re.compile(r"([A-Za-z_]\w*)(\.py|(\.[\w-]+)?\.(so|pyd))?")


def normalised(name: str) -> str:
    """A distribution's name as all spellings of it are compared: see :pep:`503`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def find_distributions(folder: str, documented: str | None) -> Iterator[Distribution]:
    """The distributions in a folder of ``sys.path``.

    :param documented: normalised name of the project whose documentation is built.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        match = _FOLDER.fullmatch(name)
        if match is not None:
            found = normalised(match["name"])
            yield Distribution(
                name=found,
                folder=folder,
                info=os.path.join(folder, name),
                named_version=match["version"],
                documented=found == documented,
            )


OWN_NAME = "sphinx-docent"


@dataclass(frozen=True)
class Distribution:
    """An installed distribution; what its metadata says is read when it is asked for.

    :param name: normalised.
    :param folder: that it is installed in.
    :param info: the folder of its metadata (in old days a file).
    :param named_version: the version in that folder's name.
    :param documented: whether it is the project whose documentation is built.
    """

    name: str
    folder: str
    info: str
    named_version: str | None
    documented: bool

    @cached_property
    def version(self) -> str:
        """The version."""
        if self.named_version is not None:
            return self.named_version
        head = re.search(r"^Version: *(\S+)", self._text("PKG-INFO"), re.MULTILINE)
        return head[1] if head else "unknown"

    @cached_property
    def by_content(self) -> bool:
        """Whether the version alone does not say what it holds.

        This extension's own code reads and writes pages beside the tutorial: it is none's input.
        """
        return self.name != OWN_NAME and (
            self.documented or not self.has_record or bool(self._direct_url) or self._in_development
        )

    @cached_property
    def tree(self) -> str | None:
        """The folder of its source, where it is used as it lies there; with links followed."""
        info = self._direct_url.get("dir_info")
        if isinstance(info, dict) and info.get("editable"):
            url = urlsplit(str(self._direct_url.get("url")))
            return os.path.realpath(unquote(url.path)) if url.scheme == "file" else None
        in_tree = self.info.endswith(".egg-info") and self.named_version is None
        return os.path.realpath(self.folder) if in_tree else None

    @cached_property
    def has_record(self) -> bool:
        """Whether there is a list of its files."""
        return bool(self._record_text) or os.path.isfile(f"{self.info}/installed-files.txt")

    @cached_property
    def tops(self) -> frozenset[str]:
        """Names in the folder that it is installed in, of its modules, packages and metadata."""
        listed = [line.partition("/")[0] for line in self._record_text.splitlines()]
        names = {name.partition(",")[0] for name in listed if name not in ("..", "")}
        for module in self._text("top_level.txt").split():
            places = (module, f"{module}.py")
            names.update(name for name in places if os.path.exists(f"{self.folder}/{name}"))
        return frozenset({*names, os.path.basename(self.info)} - {"__pycache__"})

    @cached_property
    def modules(self) -> frozenset[str]:
        """Names of its top-level modules."""
        found = (_MODULE.fullmatch(name) for name in self.tops)
        names = {match[1] for match in found if match is not None}
        return frozenset({*names, *self._text("top_level.txt").split()})

    @cached_property
    def record(self) -> Mapping[str, str | None]:
        """SHA-256 of each of its files as it was installed, by name in its folder."""
        found: dict[str, str | None] = {}
        for line in self._record_text.splitlines():
            name, digest, _ = [*line.strip('"').rsplit(",", 2), "", ""][:3]
            found[name.strip('"')] = _hexadecimal(digest)
        return found

    def has(self, module: str) -> bool:
        """Whether it has a module or package.

        :param module: with slashes and without an ending.
        """
        return any(name.startswith((f"{module}/", f"{module}.")) for name in self.record)

    def untouched_digest(self, name: str) -> str | None:
        """SHA-256 of a file by the list, if nothing has changed the file since it was installed.

        Whatever changes a file, whatever time it is given, changes its ctime.
        """
        try:
            listed = os.stat(f"{self.info}/RECORD").st_ctime_ns
            if os.stat(os.path.join(self.folder, name)).st_ctime_ns <= listed:
                return self.record.get(name)
        except OSError:
            pass
        return None

    @cached_property
    def _in_development(self) -> bool:
        try:
            version = Version(self.version)
        except InvalidVersion:
            return True
        return version.is_devrelease or version.local is not None

    @cached_property
    def _direct_url(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._text("direct_url.json") or "{}")
        except ValueError:
            return {"url": "unreadable"}
        return found if isinstance(found, dict) else {"url": "unreadable"}

    @cached_property
    def _record_text(self) -> str:
        return self._text("RECORD")

    def _text(self, name: str) -> str:
        try:
            return Path(self.info, name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def _hexadecimal(digest: str) -> str | None:
    if not digest.startswith("sha256="):
        return None
    try:
        return base64.urlsafe_b64decode(f"{digest[7:]}==").hex()
    except (ValueError, binascii.Error):
        return None
