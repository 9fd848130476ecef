"""Where results are kept: ``docent_cache``, checked."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import DocentError

_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/@]*@)?(?P<rest>[^/].*|/.+)")
_SERVERS = ("http", "https")


@dataclass(frozen=True, slots=True)
class CacheLocation:
    """A folder, and what it stands before.

    :param folder: of this machine.
    :param url: of the shared cache, with what credentials it holds; empty if there is none.
    :param name: the same without credentials.
    :param readonly: whether nothing may be stored: in the shared cache if there is one, otherwise
        in the folder.
    """

    folder: Path
    url: str = field(default="", repr=False)
    name: str = ""
    readonly: bool = False


def parse_location(value: Any, readonly: Any, srcdir: Path) -> CacheLocation:
    """Check ``docent_cache`` and ``docent_cache_readonly``.

    :param srcdir: the source directory.
    :raises DocentError: one is not what it should be.
    """
    if not isinstance(readonly, bool):
        raise DocentError(f"docent_cache_readonly is {readonly!r}: give True or False")
    default = state_folder(srcdir) / "cache"
    if isinstance(value, str) and "://" in value:
        match = _URL.fullmatch(value)
        if match is None or "?" in value or "#" in value:
            raise DocentError(
                f"docent_cache is {without_credentials(value)!r}: give a folder, or the URL of one,"
                " such as 's3://bucket/folder'"
            )
        name = without_credentials(value).rstrip("/")
        return CacheLocation(default, value, name, readonly or match["scheme"].lower() in _SERVERS)
    if not isinstance(value, (str, os.PathLike)):
        raise DocentError(
            f"docent_cache is {value!r}: give a folder, relative ones begin at conf.py, or a URL"
        )
    return CacheLocation(srcdir / value if value else default, readonly=readonly)


def without_credentials(url: str) -> str:
    """A URL without what could be a secret."""
    return re.sub(r"[?#].*", "", re.sub(r"(?<=://)[^/@]*@", "", url))


def state_folder(srcdir: Path) -> Path:
    """Where reports go, and by default the cache: what a build leaves for the next one.

    The project may name a folder in ``pyproject.toml``, as ``[tool.docent] state``; where it has
    several documentations, each gets a folder below it.

    :param srcdir: the source directory.
    :raises DocentError: the project's file or its value makes no sense.
    """
    for folder in (srcdir, *srcdir.parents):
        file = folder / "pyproject.toml"
        table = _docent_table(file) if file.is_file() else {}
        if "state" in table:
            below = os.path.relpath(srcdir, folder) if "sites" in table else "."
            return (folder / _state(table["state"], file) / below).resolve()
        if table or (folder / ".git").exists():
            break
    return srcdir / "_build" / "docent"


def _docent_table(file: Path) -> dict[str, Any]:
    try:
        tool = tomllib.loads(file.read_text("utf-8")).get("tool", {})
    except (OSError, ValueError) as error:
        raise DocentError(f"{file}: {error}") from error
    table = tool.get("docent", {}) if isinstance(tool, dict) else {}
    return table if isinstance(table, dict) else {}


def _state(value: Any, file: Path) -> str:
    if isinstance(value, str) and value.strip() and ".." not in Path(value).parts:
        return value
    raise DocentError(
        f"{file}: [tool.docent] state is {value!r}: give a path in the project, such as '.docent'"
    )
