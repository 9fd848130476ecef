"""What a deployment does, one step after the other: load, plan, check, publish."""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..git.branch import RemoteBranch, open_branch
from ..git.errors import OvertakenError
from ..git.fast_import import NewCommit
from ..git.source import committer, known_commits, remote_address
from .destination import refuse_other_branch, refuse_other_repository
from .errors import DeployError, SiteError
from .layout import COMMIT, MANIFEST, base_path, root_url
from .link_check import Broken, Surroundings, broken_links
from .page_links import Reader
from .plan import DeploymentPlan, plan_deployment, plan_removal
from .request import DeployRequest
from .site import Site, load_site
from .summary import write_summary

ATTEMPTS = 8
DEFAULT_BRANCH = "gh-pages"


def deploy(request: DeployRequest) -> Iterator[str]:
    """Carry out a request.

    :returns: lines for the person who gave it, as they come.
    :raises DeployError: nothing was changed.
    :raises GitError: likewise.
    """
    check_request(request)
    here = Path.cwd()
    address = remote_address(request.remote, here)
    site = None
    if not request.remove:
        allow_partial = request.allow_partial or request.is_preview
        site = load_site(request.site, allow_partial=allow_partial, reserved=(MANIFEST, COMMIT))
        branch_name = request.branch or site.colab_branch or DEFAULT_BRANCH
        layout = request.layout.in_language(site.facts.language)
        request = replace(request, branch=branch_name, layout=layout)
        if not request.is_preview:
            refuse_other_repository(site.facts, address)
        if site.partial:
            yield f"partial site, as allowed: {'; '.join(site.partial)}"
    else:
        request = replace(request, branch=request.branch or DEFAULT_BRANCH)
    with tempfile.TemporaryDirectory(prefix="docent-deploy-") as folder:
        branch = open_branch(Path(folder), address, request.branch, committer(here))
        if site is not None and not request.is_preview:
            refuse_other_branch(site.facts, request.branch)
        yield from _publish_on_tip(request, site, branch, known_commits(here))


def check_request(request: DeployRequest) -> None:
    """See that the words of a request go together.

    :raises DeployError: they do not.
    """
    request.layout.check()
    aliases = (*request.aliases, *request.newest_aliases)
    for name in (request.version, *aliases):
        request.layout.folder_of(name)
    if request.is_preview and aliases:
        raise DeployError(f"{request.version} is a preview, which has no alias: leave it out")
    if request.remove and not request.is_preview:
        raise DeployError(
            f"--remove takes previews away, such as pr-12, and {request.version} is none:"
            " give --version pr-NUMBER"
        )


def _publish_on_tip(
    request: DeployRequest, site: Site | None, branch: RemoteBranch, known: frozenset[str]
) -> Iterator[str]:
    """Put the site on top of the branch, and again if somebody else was quicker.

    :param known: commits of the sources.
    """
    reader = Reader()
    for attempt in range(ATTEMPTS):
        tip = branch.fetch()
        refuse_branch_of_sources(request, branch, tip, known)
        plan = plan_removal(request, branch, tip)
        if site is not None:
            plan = plan_deployment(request, site, branch, tip)
            yield from check_links(request, site, plan, reader)
        told = f"{request.branch}: {plan.changes.summary()}"
        if request.dry_run:
            yield from plan.changes.lines()
            yield f"{told} (nothing was pushed)"
            return
        drops_history = request.squash and bool(tip) and branch.has_parent(tip)
        if plan.changes.only_of_the_build() and not drops_history:
            write_summary(request, site, plan, tip)
            what = "does not hold it" if site is None else "holds this site already"
            yield f"{request.branch} {what}: nothing to do"
            return
        try:
            commit = publish(request, site, branch, tip, plan)
        except OvertakenError:
            if attempt == ATTEMPTS - 1:
                raise
            yield f"somebody else pushed to {request.branch} meanwhile: taking that in"
            time.sleep(random.uniform(0.05, 0.3) * 2**attempt / 2)  # noqa: S311
            continue
        write_summary(request, site, plan, commit)
        done = "removed" if site is None else "deployed"
        yield f"{told}; {request.version} is {done} by commit {commit[:12]}"
        return


def refuse_branch_of_sources(
    request: DeployRequest, branch: RemoteBranch, tip: str, known: frozenset[str]
) -> None:
    """See that the branch is not one of the sources.

    Once a deployment was made there, only its tip is looked at, which costs nothing.

    :raises DeployError: it has commits of the sources.
    """
    if not tip or not known:
        return
    is_new = request.squash or request.layout.versions not in branch.files(tip)
    if tip in known or (is_new and known & branch.history()):
        raise DeployError(
            f"the branch {request.branch} holds the history of the sources: name the branch of the"
            " site with --branch; one that does not exist is made, without a history"
        )


def check_links(
    request: DeployRequest, site: Site, plan: DeploymentPlan, reader: Reader
) -> Iterator[str]:
    """Follow every link of the site on the branch as it will be.

    :returns: a line for each broken link of a preview.
    :raises SiteError: a link of anything else is broken.
    """
    broken = find_broken(request, site, plan, reader)
    if broken and not request.is_preview:
        count = f"{len(broken)} broken link{'s' if len(broken) > 1 else ''}"
        message = f"{count} in the site as it would be on {request.branch}: mend and build again"
        raise SiteError(message, map(str, broken))
    yield from (f"broken link: {link}" for link in broken)


def find_broken(
    request: DeployRequest, site: Site, plan: DeploymentPlan, reader: Reader
) -> list[Broken]:
    """The links that lead nowhere on the branch as it will be."""
    layout, base_url = request.layout, site.facts.base_url
    folder = layout.folder_of(request.version)
    here = {p: data for p, data in plan.files.items() if p.startswith(f"{folder}/") or "/" not in p}
    around = Surroundings(
        paths=plan.paths,
        base=base_path(base_url, folder, layout.home),
        root_url=root_url(base_url, folder, layout.home),
        repository="" if request.is_preview else site.facts.colab.get("repository", ""),
        branch=request.branch,
        folder=folder,
    )
    return broken_links(reader.pages(here), around)


def publish(
    request: DeployRequest, site: Site | None, branch: RemoteBranch, tip: str, plan: DeploymentPlan
) -> str:
    """Commit and push.

    :returns: the commit that the branch ends in now.
    :raises OvertakenError: somebody else was quicker.
    """
    message = commit_message(request, site)
    written = {path: plan.files[path] for path in (*plan.changes.added, *plan.changes.modified)}
    commit = branch.commit(NewCommit(tip, message, plan.changes.removed, written))
    if request.squash:
        commit = branch.squashed(commit, message)
    branch.push(commit, tip, replace=request.squash)
    return commit


def commit_message(request: DeployRequest, site: Site | None) -> str:
    """What the branch's history says about a deployment."""
    folder = request.layout.folder_of(request.version)
    if site is None:
        return f"Remove {request.version} from {folder}/\n"
    source = re.sub(r"[^0-9a-z-]", "", site.facts.commit)
    origin = f" from {source[:12]}" if source else ""
    trailers = [f"Docent-Version: {request.version}"]
    trailers += [f"Docent-Alias: {alias}" for alias in request.aliases]
    trailers += [f"Docent-Source: {source}"] if source else []
    trailers += [f"Docent-Partial: {reason}" for reason in site.partial]
    return f"Deploy {request.version} to {folder}/{origin}\n\n" + "\n".join(trailers) + "\n"
