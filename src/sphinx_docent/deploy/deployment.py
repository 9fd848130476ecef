"""What a deployment does, one step after the other: load, plan, check, publish."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..git.branch import RemoteBranch, open_branch
from ..git.errors import OvertakenError
from ..git.fast_import import NewCommit
from ..git.source import committer, remote_address
from .errors import SiteError
from .layout import COMMIT, MANIFEST, base_path, folder_of, root_url
from .link_check import Surroundings, broken_links
from .page_links import Reader
from .plan import DeploymentPlan, plan_deployment
from .request import DeployRequest
from .site import Site, load_site

ATTEMPTS = 8
DEFAULT_BRANCH = "gh-pages"


def deploy(request: DeployRequest) -> Iterator[str]:
    """Carry out a request.

    :returns: lines for the person who gave it, as they come.
    :raises DeployError: nothing was changed.
    :raises GitError: likewise.
    """
    for name in (request.version, *request.aliases):
        folder_of(name)
    site = load_site(request.site, allow_partial=request.allow_partial, reserved=(MANIFEST, COMMIT))
    request = replace(request, branch=request.branch or site.colab_branch or DEFAULT_BRANCH)
    if site.partial:
        yield f"partial site, as allowed: {'; '.join(site.partial)}"
    with tempfile.TemporaryDirectory(prefix="docent-deploy-") as folder:
        here = Path.cwd()
        address = remote_address(request.remote, here)
        branch = open_branch(Path(folder), address, request.branch, committer(here))
        _refuse_other_branch(site, request.branch)
        yield from _publish_on_tip(request, site, branch)


def _refuse_other_branch(site: Site, branch: str) -> None:
    named = site.colab_branch
    if named and branch != named:
        raise SiteError(
            f"the site's Colab links name the branch {named}, not {branch}:"
            " leave --branch out, or build again with that branch in docent_colab"
        )


def _publish_on_tip(request: DeployRequest, site: Site, branch: RemoteBranch) -> Iterator[str]:
    """Put the site on top of the branch, and again if somebody else was quicker."""
    reader = Reader()
    for attempt in range(ATTEMPTS):
        tip = branch.fetch()
        plan = plan_deployment(request, site, branch, tip)
        check_links(request, site, plan, reader)
        told = f"{request.branch}: {plan.changes.summary()}"
        if request.dry_run:
            yield from plan.changes.lines()
            yield f"{told} (nothing was pushed)"
            return
        drops_history = request.squash and bool(tip) and branch.has_parent(tip)
        if plan.changes.only_of_the_build() and not drops_history:
            yield f"{request.branch} holds this site already: nothing to do"
            return
        try:
            commit = publish(request, site, branch, tip, plan)
        except OvertakenError:
            if attempt == ATTEMPTS - 1:
                raise
            yield f"somebody else pushed to {request.branch} meanwhile: taking that in"
            time.sleep(random.uniform(0.05, 0.3) * 2**attempt / 2)  # noqa: S311
            continue
        yield f"{told}; {request.version} is deployed by commit {commit[:12]}"
        return


def check_links(request: DeployRequest, site: Site, plan: DeploymentPlan, reader: Reader) -> None:
    """Follow every link of the site on the branch as it will be.

    :raises SiteError: one is broken.
    """
    folder = folder_of(request.version)
    here = {p: data for p, data in plan.files.items() if p.startswith(f"{folder}/") or "/" not in p}
    around = Surroundings(
        paths=plan.paths,
        base=base_path(site.facts.base_url, folder),
        root_url=root_url(site.facts.base_url, folder),
        repository=site.facts.colab.get("repository", ""),
        branch=request.branch,
        folder=folder,
    )
    broken = broken_links(reader.pages(here), around)
    if broken:
        count = f"{len(broken)} broken link{'s' if len(broken) > 1 else ''}"
        message = f"{count} in the site as it would be on {request.branch}: mend and build again"
        raise SiteError(message, map(str, broken))


def publish(
    request: DeployRequest, site: Site, branch: RemoteBranch, tip: str, plan: DeploymentPlan
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


def commit_message(request: DeployRequest, site: Site) -> str:
    """What the branch's history says about a deployment."""
    folder, source = folder_of(request.version), site.facts.commit
    origin = f" from {source[:12]}" if source else ""
    trailers = [f"Docent-Version: {request.version}"]
    trailers += [f"Docent-Alias: {alias}" for alias in request.aliases]
    trailers += [f"Docent-Source: {source}"] if source else []
    trailers += [f"Docent-Partial: {reason}" for reason in site.partial]
    return f"Deploy {request.version} to {folder}/{origin}\n\n" + "\n".join(trailers) + "\n"
