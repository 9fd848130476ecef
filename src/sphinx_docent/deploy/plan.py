"""What a deployment would change on the branch, before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ..git.branch import RemoteBranch
from ..git.tree import StoredFile
from . import shared_files, versions
from .changed_pages import PageChanges, changed_pages
from .changes import Changes, after, compare, others_in_the_way
from .destination import refuse_other_language, refuse_other_version
from .errors import DeployError
from .layout import MANIFEST, base_path
from .request import DeployRequest
from .site import Content, Site, bytes_of
from .version_files import adopted_paths, deployed_language, deployed_paths, version_files


@dataclass(frozen=True, slots=True)
class DeploymentPlan:
    """What a deployment on top of some commit would be.

    :param files: everything that the deployment puts on the branch.
    :param paths: everything that will be there.
    :param pages: how its pages differ from those of the development version.
    """

    files: Mapping[str, Content]
    changes: Changes
    paths: frozenset[str]
    pages: PageChanges


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
    folder = request.layout.folder_of(request.version)
    published = tip.content(f"{folder}/{MANIFEST}")
    if not request.adopt:
        refuse_other_language(site.facts, deployed_language(published), folder)
    wanted = (_preview if request.is_preview else _version)(request, site, tip)
    names = {path: branch.blob_name(bytes_of(data)) for path, data in wanted.files.items()}
    if foreign := others_in_the_way(tip.files, names, wanted.owned):
        raise DeployError(
            f"{foreign[0]} on {request.branch} was not put there by a deployment of"
            f" {request.version} ({len(foreign)} such): remove it, or give --adopt to replace it"
        )
    changes = compare(tip.files, names, wanted.owned)
    pages = changed_pages(tip.files, request.layout.development, names, folder)
    return DeploymentPlan(wanted.files, changes, frozenset(after(tip.files, changes)), pages)


def plan_removal(request: DeployRequest, branch: RemoteBranch, commit: str) -> DeploymentPlan:
    """What changes if a preview is taken off a commit.

    :raises DeployError: nobody knows what belongs to it.
    """
    tip = _Tip(branch, branch.files(commit))
    folder = request.layout.folder_of(request.version)
    manifest = tip.content(f"{folder}/{MANIFEST}")
    owned = deployed_paths(manifest, folder) if manifest else set[str]()
    changes = compare(tip.files, {}, owned)
    return DeploymentPlan({}, changes, frozenset(after(tip.files, changes)), PageChanges())


def _preview(request: DeployRequest, site: Site, tip: _Tip) -> _Wanted:
    """The folder of a preview: no version, no alias, no page for visitors of the root."""
    refuse_other_version(site.facts, request.version, request.layout)
    wanted = _version_folders(request, site, [], [], tip)
    if shared_files.NO_JEKYLL in tip.files:
        return wanted
    return _Wanted({**wanted.files, shared_files.NO_JEKYLL: b""}, wanted.owned)


def _version(request: DeployRequest, site: Site, tip: _Tip) -> _Wanted:
    """The folders of a version and its aliases, and the files that all versions share."""
    layout, version = request.layout, request.version
    entries = versions.parse(tip.content(layout.versions), layout.versions)
    newest = versions.newest_only(entries, version, request.newest_aliases)
    asked = {*request.aliases, *newest}
    if not request.force_alias:
        versions.refuse_older(entries, version, asked, layout)
    aliases = sorted({*asked, *versions.aliases_of(entries, version, layout)})
    versions.refuse_clashes(entries, version, aliases)
    refuse_other_version(site.facts, version, layout)
    entries = versions.with_version(entries, version, aliases, site.partial, layout)
    wanted = _version_folders(request, site, aliases, entries, tip)
    shared = shared_files.shared_files(entries, version, wanted.files, layout)
    return _with_shared(request, wanted, shared, tip)


def _version_folders(
    request: DeployRequest,
    site: Site,
    aliases: list[str],
    entries: list[versions.Entry],
    tip: _Tip,
) -> _Wanted:
    """The folders of the version and of its aliases."""
    layout = request.layout
    folders = [layout.folder_of(name) for name in (request.version, *aliases)]
    base = base_path(site.facts.base_url, folders[0], layout.home, *folders[1:])
    names = {name for e in entries for name in (e["version"], *e.get("aliases", []))}
    files: dict[str, Content] = {}
    owned: set[str] = set()
    for folder in folders:
        files |= version_files(site, request.version, folder, base, layout)
        if request.adopt:
            others = [layout.folder_of(name) for name in names]
            has_versions = folder == layout.home
            owned |= adopted_paths(tip.files, folder, others, has_versions=has_versions)
        elif manifest := tip.content(f"{folder}/{MANIFEST}"):
            owned |= deployed_paths(manifest, folder)
    return _Wanted(files, owned)


def _with_shared(
    request: DeployRequest, wanted: _Wanted, shared: Mapping[str, Content], tip: _Tip
) -> _Wanted:
    """Add the shared files, except pages where somebody else's or another language's stand."""
    layout = request.layout
    files, owned = dict(wanted.files), set(wanted.owned)
    pages = shared_files.pages(layout)
    front = tip.content("index.html") or b""
    leads_here = f'href="{layout.home}/'.encode() in front
    of_another_language = layout.has_languages and not leads_here
    for path in pages:
        foreign = path in tip.files and path not in wanted.owned
        if foreign and shared_files.is_ours(tip.content(path) or b""):
            if path in shared_files.ROOT_PAGES and of_another_language:
                continue
            owned.add(path)
        if path in shared and (path in owned or path not in tip.files):
            files[path] = shared[path]
    files[layout.versions] = shared[layout.versions]
    if shared_files.NO_JEKYLL not in tip.files:
        files[shared_files.NO_JEKYLL] = b""
    owned = (owned | {layout.versions}) - (set(pages) - files.keys())
    return _Wanted(files, owned)
