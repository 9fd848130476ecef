"""What a finished build says about its site: ``docent.json``, in the site itself.

A site is only known for what it is while this file is there and its digest is right. A build takes
it away before it touches the site, and writes it last. It needs no Sphinx.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..files import write_whole

FILE_NAME = "docent.json"
FORMAT = 1

AS_CONFIGURED = "as sphinx-gallery is configured"
"""The selection of a build that was told none: the project's own ``filename_pattern`` chooses."""

# What Sphinx keeps for itself in the folder of the site.
_PRIVATE = frozenset({FILE_NAME, ".buildinfo", ".buildinfo.bak", ".doctrees", ".DS_Store"})


class BuildInfoError(Exception):
    """Nothing is known about a site; the message says why, and follows the site's name."""


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """The facts. They are the same for the same site: no times, nothing of this machine.

    :param selection: what was asked to execute.
    :param base_url: where the site will be published; empty if the project does not say.
    :param colab: ``repository``, ``branch`` and ``path`` that the Colab links name; empty without
        links.
    :param commit: of the source, with ``-dirty`` if files were changed; empty outside of git.
    :param problems: diagnostics of the build.
    :param tutorials: status and reason of each tutorial, by its page. One that was not run has a
        reason if the project itself never executes it.
    :param version: that the site was built for; empty if nobody has said so.
    :param language: that its pages are in.
    :param digest: of the names and contents of all files of the site.
    """

    project: str
    builder: str
    selection: str
    base_url: str
    colab: Mapping[str, str]
    commit: str
    problems: int
    tutorials: Mapping[str, tuple[str, str]]
    version: str = ""
    language: str = ""
    digest: str = ""


def site_files(site: Path) -> Iterator[tuple[str, Path]]:
    """The files that make up a site, as POSIX paths inside it, in order."""
    for folder, folders, names in os.walk(site):
        here = Path(folder)
        if here == site:
            folders[:] = [name for name in folders if name not in _PRIVATE]
            names = [name for name in names if name not in _PRIVATE]
        folders.sort()
        for name in sorted([*names, *(sub for sub in folders if (here / sub).is_symlink())]):
            path = here / name
            yield path.relative_to(site).as_posix(), path


def site_digest(site: Path) -> str:
    """SHA-256 of the names and contents of all files."""
    total = hashlib.sha256()
    for name, path in sorted(site_files(site)):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{content} {name}\0".encode(errors="surrogateescape"))
    return total.hexdigest()


def write_build_info(site: Path, facts: BuildInfo) -> None:
    """Write the facts with the digest of the site as it is now."""
    data = {"format": FORMAT, **asdict(facts), "digest": site_digest(site)}
    text = json.dumps(data, indent=1, ensure_ascii=False)
    write_whole(site / FILE_NAME, (text + "\n").encode())


def remove_build_info(site: Path) -> None:
    """The site is about to change: nothing is known about it any more."""
    (site / FILE_NAME).unlink(missing_ok=True)


def read_build_info(site: Path) -> BuildInfo:
    """The facts about a site, which is as it was when they were written.

    :raises BuildInfoError: there are none, or the site has changed since.
    """
    try:
        data: dict[str, Any] = json.loads((site / FILE_NAME).read_bytes())
        if data.pop("format") != FORMAT:
            raise BuildInfoError("was built by another release of sphinx-docent")
        data["tutorials"] = {page: (was, why) for page, (was, why) in data["tutorials"].items()}
        facts = BuildInfo(**data)
    except FileNotFoundError:
        raise BuildInfoError("has no docent.json: its build did not come to an end") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BuildInfoError("has a damaged docent.json") from None
    if site_digest(site) != facts.digest:
        raise BuildInfoError("was changed after its build had ended")
    return facts
