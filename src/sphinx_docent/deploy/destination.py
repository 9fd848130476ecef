"""Whether a site is meant for where it is to go: its version, its language, its repository.

What a site is meant for is said by its build, in ``docent.json``: the version that it was told, the
folder of its Colab links, and its address.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..built_site.build_info import BuildInfo
from .errors import SiteError
from .layout import DEVELOPMENT, Layout, is_preview

_HOSTED = re.compile(r"(?:(?:https?|ssh|git)://[^/]+/|(?:[^/@]+@)?[^/:\\]{2,}:/*(?!//))(.+)")


def refuse_other_version(facts: BuildInfo, version: str, layout: Layout) -> None:
    """See that a site was built for the version that it shall be published as.

    :raises SiteError: it says that it was not.
    """
    folder = layout.folder_of(version)
    if facts.version and facts.version.removeprefix("v") != version.removeprefix("v"):
        raise SiteError(
            f"the site was built for {facts.version}, not for {version}: give --version"
            f" {facts.version}, or build it again with DOCS_VERSION={version}"
        )
    if is_preview(version):
        return
    path = facts.colab.get("path", "")
    if path and path != folder:
        raise SiteError(
            f"the site's Colab links lead to {path}, where {version} does not go ({folder}): was it"
            " built for another version? Build it again with the path in docent_colab mended"
        )
    if other := _other_folder(facts.base_url, folder, layout):
        raise SiteError(
            f"the site's html_baseurl ends in {other}, where {version} does not go ({folder}): was"
            " it built for another version? Build it again with the address mended"
        )


def refuse_other_language(facts: BuildInfo, published: str, folder: str) -> None:
    """See that a version is not published in another language than before.

    :param published: the language of what stands in the folder; empty if that is not known.
    :raises SiteError: it would be.
    """
    if facts.language and published and facts.language != published:
        raise SiteError(
            f"{folder} holds the site in the language {published!r}, and this one is in"
            f" {facts.language!r}: give each language a folder, with {{language}} in"
            " the published layout"
        )


def refuse_other_branch(facts: BuildInfo, branch: str) -> None:
    """See that notebooks will be on the branch that the Colab links name.

    :raises SiteError: it is another one.
    """
    named = facts.colab.get("branch", "")
    if named and branch != named:
        raise SiteError(
            f"the site's Colab links name the branch {named}, not {branch}:"
            " leave --branch out, or build again with that branch in docent_colab"
        )


def refuse_other_repository(facts: BuildInfo, address: str) -> None:
    """See that notebooks will be where the Colab links look for them.

    An address that names no host, a folder for example, is taken as a rehearsal.

    :param address: of the remote.
    :raises SiteError: it is another repository.
    """
    named, hosted = facts.colab.get("repository", ""), _HOSTED.fullmatch(address)
    if not named or hosted is None:
        return
    path = urlsplit(hosted[1]).path.strip("/").removesuffix(".git")
    if path.casefold() != named.casefold():
        raise SiteError(
            f"the site's Colab links name the repository {named}, not {path}:"
            " deploy to that one, or build again with the other in docent_colab"
        )


def _other_folder(base_url: str, folder: str, layout: Layout) -> str:
    """The folder of another version that an address ends in; empty if it ends in none."""
    path = urlsplit(base_url).path.strip("/")
    above, _, last = path.rpartition("/")
    home = layout.home
    if path == folder or path.endswith(f"/{folder}"):
        return ""
    beside = not home or above == home or above.endswith(f"/{home}")
    if beside and re.fullmatch(r"v?\d+(\.\d+|\.x)+\w*", last):
        return f"{home}/{last}".strip("/")
    development = layout.folder_of(DEVELOPMENT)
    is_leaf = development != home
    ends = path == development or path.endswith(f"/{development}")
    return development if is_leaf and ends else ""
