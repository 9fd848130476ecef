"""Checks every link of a site against the branch as it will be.

A link that leads out of the site to other hosts is nobody's business here, except one to Google
Colab: the notebook must be in the very commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from .layout import folders_above
from .page_links import Page

_HERE = "https://site.invalid"


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A link that leads nowhere."""

    page: str
    link: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}: {self.link}: {self.why}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What links are checked against.

    :param paths: all files of the branch.
    :param base: the path in an address at which the branch's root is served.
    :param root_url: its whole address; empty if it is not known.
    :param repository: ``owner/name`` that Colab links name; empty without such links.
    :param branch: that the site is deployed to.
    :param folder: the version's own, where its notebooks must be.
    """

    paths: Set[str]
    base: str = "/"
    root_url: str = ""
    repository: str = ""
    branch: str = ""
    folder: str = ""


def broken_links(pages: Mapping[str, Page], around: Surroundings) -> list[Broken]:
    """All links of some pages that lead nowhere, in order.

    :param pages: by path on the branch. Anchors are looked for in these alone: pages of other
        versions are known by their paths only.
    """
    folders = {folder for path in around.paths for folder in folders_above(path)}
    checker = _Checker(pages, around, folders)
    return sorted(
        Broken(path, link, why)
        for path, page in pages.items()
        if not _is_template(path)
        for link in page.links
        if (why := checker.why(path, link))
    )


@dataclass(frozen=True, slots=True)
class _Checker:
    pages: Mapping[str, Page]
    around: Surroundings
    folders: Set[str]

    def why(self, path: str, link: str) -> str:
        """Why a link is broken; empty if it is not."""
        if link.startswith("#"):
            return self._anchor(path, link[1:])
        try:
            parts = urlsplit(link)
        except ValueError:
            return "this is no address"
        if parts.netloc == "colab.research.google.com" and self.around.repository:
            return self._notebook(unquote(parts.path))
        root = self.around.root_url
        if root and link.startswith(root):
            target, anchor = link.removeprefix(root).partition("#")[::2]
            return self._file(unquote(target.partition("?")[0]), anchor)
        if parts.scheme or parts.netloc:
            return ""
        if not parts.path:
            return self._anchor(path, parts.fragment)
        address = urlsplit(urljoin(f"{_HERE}{self.around.base}{path}", parts.path)).path
        if not address.startswith(self.around.base) or self._climbs_out(path, parts.path):
            return "it leads out of the branch"
        return self._file(unquote(address.removeprefix(self.around.base)), parts.fragment)

    def _climbs_out(self, path: str, target: str) -> bool:
        """Whether ``..`` leads above the root, which a browser passes over in silence."""
        if target.startswith("/"):
            return False
        depth = path.count("/")
        for part in target.split("/"):
            depth += -1 if part == ".." else part not in ("", ".")
            if depth < 0:
                return True
        return False

    def _file(self, target: str, anchor: str) -> str:
        folder = target.rstrip("/")
        if not target or target.endswith("/") or folder in self.folders:
            target = f"{folder}/index.html" if folder else "index.html"
        if target not in self.around.paths:
            return f"there is no {target} on the branch"
        return self._anchor(target, anchor)

    def _anchor(self, path: str, anchor: str) -> str:
        anchor = anchor.partition(":~:")[0]
        page = self.pages.get(path)
        if not anchor or anchor == "top" or page is None or not path.endswith(".html"):
            return ""
        if anchor in page.anchors or unquote(anchor) in page.anchors:
            return ""
        return f"{path} has no anchor {unquote(anchor)!r}"

    def _notebook(self, path: str) -> str:
        start = f"/github/{self.around.repository}/blob/"
        if not path.startswith(start):
            return ""
        rest = path.removeprefix(start)
        file = rest.removeprefix(f"{self.around.branch}/")
        if file == rest:
            return f"it does not name the branch {self.around.branch}: see docent_colab"
        if not file.startswith(f"{self.around.folder}/"):
            return f"it leads out of {self.around.folder}: was the site built for another version?"
        return "" if file in self.around.paths else f"there is no {file} on the branch"


def _is_template(path: str) -> bool:
    """Whether a page is none: themes leave templates among their static files."""
    return path.endswith(".html") and "_static" in path.split("/")
