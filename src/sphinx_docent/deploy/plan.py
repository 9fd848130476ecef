"""What a deployment would change on the branch, before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ..git.branch import RemoteBranch
from ..git.tree import StoredFile
from . import shared_files, versions
from .changes import Changes, after, compare, others_in_the_way
from .errors import DeployError
from .layout import MANIFEST, VERSIONS, base_path, folder_of
from .request import DeployRequest
from .site import Content, Site, bytes_of
from .version_files import adopted_paths, deployed_paths, version_files


@dataclass(frozen=True, slots=True)
class DeploymentPlan:
    """What a deployment on top of some commit would be.

    :param files: everything that the deployment puts on the branch.
    :param paths: everything that will be there.
    """

    files: Mapping[str, Content]
    changes: Changes
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Tip:
    """A commit that the branch ends in."""

    branch: RemoteBranch
    files: Mapping[str, StoredFile]

    def content(self, path: str) -> bytes | None:
        """What a file holds; ``None`` if there is none."""
        return self.branch.content(self.files[path].blob) if path in self.files else None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What shall be on the branch.

    :param owned: paths that the deployment may replace and remove.
    """

    files: Mapping[str, Content]
    owned: Set[str]


def plan_deployment(
    request: DeployRequest, site: Site, branch: RemoteBranch, commit: str
) -> DeploymentPlan:
    """What changes if the site is put on top of a commit.

    :raises DeployError: it would hurt what others have put there.
    """
    tip = _Tip(branch, branch.files(commit))
    entries = versions.parse(tip.content(VERSIONS))
    aliases = sorted({*request.aliases, *versions.aliases_of(entries, request.version)})
    versions.refuse_clashes(entries, request.version, aliases)
    entries = versions.with_version(entries, request.version, aliases, site.partial)
    wanted = _version_folders(request, site, aliases, entries, tip)
    wanted = _with_shared(
        wanted, shared_files.shared_files(entries, request.version, wanted.files), tip
    )
    names = {path: branch.blob_name(bytes_of(data)) for path, data in wanted.files.items()}
    if foreign := others_in_the_way(tip.files, names, wanted.owned):
        raise DeployError(
            f"{foreign[0]} on {request.branch} was not put there by a deployment of"
            f" {request.version} ({len(foreign)} such): remove it, or give --adopt to replace it"
        )
    changes = compare(tip.files, names, wanted.owned)
    return DeploymentPlan(wanted.files, changes, frozenset(after(tip.files, changes)))


def _version_folders(
    request: DeployRequest,
    site: Site,
    aliases: list[str],
    entries: list[versions.Entry],
    tip: _Tip,
) -> _Wanted:
    """The folders of the version and of its aliases."""
    base = base_path(site.facts.base_url, folder_of(request.version))
    names = {name for e in entries for name in (e["version"], *e.get("aliases", []))}
    files: dict[str, Content] = {}
    owned: set[str] = set()
    for folder in map(folder_of, (request.version, *aliases)):
        files |= version_files(site, request.version, folder, base)
        if request.adopt:
            others = [folder_of(name) for name in names if folder_of(name) != folder]
            owned |= adopted_paths(tip.files, folder, others)
        elif manifest := tip.content(f"{folder}/{MANIFEST}"):
            owned |= deployed_paths(manifest, folder)
    return _Wanted(files, owned)


def _with_shared(wanted: _Wanted, shared: Mapping[str, Content], tip: _Tip) -> _Wanted:
    """Add the shared files, except pages where somebody else's stand."""
    files, owned = dict(wanted.files), set(wanted.owned)
    for path in shared_files.PAGES:
        foreign = path in tip.files and path not in wanted.owned
        if foreign and shared_files.is_ours(tip.content(path) or b""):
            owned.add(path)
        if path in shared and (path in owned or path not in tip.files):
            files[path] = shared[path]
    files[VERSIONS] = shared[VERSIONS]
    if shared_files.NO_JEKYLL not in tip.files:
        files[shared_files.NO_JEKYLL] = b""
    owned = (owned | {VERSIONS}) - (set(shared_files.PAGES) - files.keys())
    return _Wanted(files, owned)
