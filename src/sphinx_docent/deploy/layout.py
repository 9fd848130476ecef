"""Where things go on the branch, as the project has it; by default ``docs/`` and ``docs/v1.2/``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import DeployError

DEVELOPMENT = "dev"
MANIFEST = "deployment.json"
COMMIT = "commit_hash"
DEPLOYED_SCRIPT = "_static/docent-deployed.js"
"""Where the version switcher looks for what only the deployment knows."""

OF_THE_BUILD = "_docent/"
"""Folder of the site that tells of its build: it differs though nothing else does."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_PREVIEW = re.compile(r"pr-([1-9]\d{0,9})")
_NUMBERS = re.compile(r"v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?")
_PLACEHOLDERS = {
    "development": {"language"},
    "release": {"language", "version", "major", "minor", "patch"},
    "preview": {"number"},
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of a project's versions, without slashes at their ends.

    :param development: of the version ``dev``.
    :param release: of a release: ``{version}`` stands for its name, ``{major}``, ``{minor}`` and
        ``{patch}`` for its numbers, as in ``{major}.{minor}.x``. Aliases lie beside releases.
    :param preview: of a pull request: ``{number}`` stands for its number.
    :param has_languages: whether these are the folders of one of several languages.
    """

    development: str = "docs"
    release: str = "docs/{version}"
    preview: str = "pr/{number}"
    has_languages: bool = False

    @property
    def home(self) -> str:
        """The folder that holds the folders of releases; empty for the branch's root."""
        return posixpath.dirname(self.release)

    @property
    def versions(self) -> str:
        """The list of versions, which the version switcher reads."""
        return posixpath.join(self.home, "versions.json")

    def in_language(self, language: str) -> Layout:
        """The folders of one language, which ``{language}`` stands for.

        :raises DeployError: it is no name for a folder.
        """
        if not re.fullmatch(r"[A-Za-z0-9_@-]*", language):
            raise DeployError(f"the site's language is {language!r}, which is no name for a folder")
        return Layout(
            self.development.replace("{language}", language),
            self.release.replace("{language}", language),
            self.preview,
            has_languages="{language}" in self.release,
        )

    def folder_of(self, name: str) -> str:
        """The folder of a version, an alias or a preview.

        :raises DeployError: it is no name for a folder.
        """
        if not _NAME.fullmatch(name) or name.endswith((".", ".lock")):
            raise DeployError(
                f"{name!r} cannot be a version: write it like dev, v1.2 or latest,"
                " with letters, digits and . _ + -"
            )
        if name == DEVELOPMENT:
            return self.development
        if number := _PREVIEW.fullmatch(name):
            return self.preview.replace("{number}", number[1])
        numbers = _NUMBERS.match(name)
        if "{version}" not in self.release and numbers is None:
            return posixpath.join(self.home, name)
        parts = {"version": name}
        if numbers:
            parts |= dict(zip(("major", "minor", "patch"), numbers.groups("0"), strict=True))
        return re.sub(r"\{(\w+)\}", lambda found: parts.get(found[1], "0"), self.release)

    def url_of(self, name: str) -> str:
        """The address of a version, relative to the list of versions."""
        folder = posixpath.relpath(self.folder_of(name) or ".", self.home or ".")
        return "./" if folder == "." else f"{folder}/"

    def check(self) -> None:
        """See that the folders are folders.

        :raises DeployError: one is not.
        """
        for what, known in _PLACEHOLDERS.items():
            folder = getattr(self, what)
            unknown = sorted(set(re.findall(r"\{(.*?)\}", folder)) - known)
            if unknown:
                names = ", ".join(f"{{{name}}}" for name in sorted(known))
                raise DeployError(f"{what} = {folder!r}: {{{unknown[0]}}} is none of {names}")
            parts = re.sub(r"\{\w+\}", "x", folder).split("/")
            if not all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._+-]*", part) for part in parts):
                raise DeployError(
                    f"{what} = {folder!r}: give a folder of the branch, as in 'docs/{{version}}'"
                )
        if "{" not in posixpath.basename(self.release) or "{" in self.home.replace(
            "{language}", ""
        ):
            raise DeployError(
                f"release = {self.release!r}: its last part must tell releases apart, and no other,"
                " as in 'docs/{version}' or '{major}.{minor}.x'"
            )
        if "{number}" not in self.preview:
            raise DeployError(f"preview = {self.preview!r}: {{number}} must tell previews apart")


DEFAULT_LAYOUT = Layout()


def is_preview(name: str) -> bool:
    """Whether a version is a preview of a pull request: ``pr-12``."""
    return _PREVIEW.fullmatch(name) is not None


def base_path(base_url: str, *folders: str) -> str:
    """The path in an address at which the branch's root is served, with slashes at its ends.

    :param base_url: the address of the version, as the project has configured it, or empty.
    :param folders: of the branch; the address may be that of any of them.
    :returns: ``/`` if the address does not tell.
    """
    return _base(base_url, folders) or "/"


def root_url(base_url: str, *folders: str) -> str:
    """The address of the branch's root, with a slash at its end; empty if it is not known."""
    parts = urlsplit(base_url)
    base = _base(base_url, folders)
    return f"{parts.scheme}://{parts.netloc}{base}" if parts.netloc and base else ""


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path on the branch lies in, the outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def _base(base_url: str, folders: Iterable[str]) -> str:
    path = urlsplit(base_url).path.strip("/")
    for ending in filter(None, folders):
        if path == ending or path.endswith(f"/{ending}"):
            path = path.removesuffix(ending).strip("/")
            return f"/{path}/" if path else "/"
    return ""
