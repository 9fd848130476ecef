"""What ``deploy`` does, one step after the other."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..built_site import build_info as certificate
from . import front, versions
from .changes import Changes, Stored, after, compare, others_in_the_way
from .complete import lacks
from .content import Site, adopted, load_site, owned, placed, read
from .errors import DeployError, SiteError
from .git import OvertakenError, Repository, address_of
from .layout import MANIFEST, VERSIONS, base_path, place_of, root_url
from .links import Surroundings, broken_links
from .pages import Reader

ATTEMPTS = 8
DEFAULT_BRANCH = "gh-pages"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for.

    :param site: the folder of the built site.
    :param branch: empty for the one that the site's Colab links name, or else ``gh-pages``.
    :param remote: an address, a path, or the name of a remote of the repository around it.
    :param aliases: further names that shall lead to this version from now on.
    :param allow_partial: publish a site that is not complete, and say so.
    :param adopt: take over what stands in the version's folder though nobody knows from whom.
    """

    site: Path
    remote: str
    branch: str
    version: str
    aliases: tuple[str, ...] = ()
    dry_run: bool = False
    squash: bool = False
    allow_partial: bool = False
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deployment on top of some commit would be.

    :param files: everything that the deployment puts on the branch.
    :param paths: everything that will be there.
    """

    files: Mapping[str, Path | bytes]
    changes: Changes
    paths: frozenset[str]


def deploy(order: Order) -> Iterable[str]:
    """Carry out an order.

    :returns: lines for the person who gave it, as they come.
    :raises DeployError: nothing was changed.
    """
    place_of(order.version)
    for alias in order.aliases:
        place_of(alias)
    site, partial = examine(order)
    named = site.facts.colab.get("branch", "")
    if not order.branch:
        order = replace(order, branch=named or DEFAULT_BRANCH)
    if partial:
        yield f"partial site, as allowed: {'; '.join(partial)}"
    with tempfile.TemporaryDirectory(prefix="docent-deploy-") as folder:
        address = address_of(order.remote, Path.cwd())
        repository = Repository(Path(folder), address, order.branch, Path.cwd())
        if named and order.branch != named:
            raise SiteError(
                f"the site's Colab links name the branch {named}, not {order.branch}:"
                " leave --branch out, or build again with that branch in docent_colab"
            )
        reader = Reader()
        for attempt in range(ATTEMPTS):
            tip = repository.fetch()
            plan = make_plan(order, site, partial, repository, tip)
            check(order, site, plan, reader)
            told = f"{order.branch}: {plan.changes.summary()}"
            if order.dry_run:
                yield from plan.changes.lines()
                yield f"{told} (nothing was pushed)"
                return
            if plan.changes.only_of_the_build() and not (
                order.squash and tip and repository.has_parent(tip)
            ):
                yield f"{order.branch} holds this site already: nothing to do"
                return
            try:
                commit = publish(order, site, partial, repository, tip, plan)
            except OvertakenError:
                if attempt == ATTEMPTS - 1:
                    raise
                yield f"somebody else pushed to {order.branch} meanwhile: taking that in"
                time.sleep(random.uniform(0.05, 0.3) * 2**attempt / 2)  # noqa: S311
                continue
            yield f"{told}; {order.version} is deployed by commit {commit[:12]}"
            return


def examine(order: Order) -> tuple[Site, list[str]]:
    """The site, and what it lacks.

    :raises DeployError: there is none.
    :raises SiteError: it may not be published.
    """
    if not (order.site / "index.html").is_file():
        raise DeployError(f"no site in {order.site} yet: build it first, with: nox -s docs_full")
    try:
        facts = certificate.read(order.site)
    except certificate.BuildInfoError as error:
        raise SiteError(f"{order.site} {error}: build it again, with: nox -s docs_full") from None
    partial = lacks(facts)
    if partial and not order.allow_partial:
        raise SiteError(
            f"{order.site} is not complete: {'; '.join(partial)}:"
            " build it with nox -s docs_full, or give --allow-partial"
        )
    return load_site(order.site, facts), partial


def make_plan(
    order: Order, site: Site, partial: Sequence[str], repository: Repository, tip: str
) -> Plan:
    """What changes if the site is put on top of a commit.

    :raises DeployError: it would hurt what others have put there.
    """
    stored = repository.files(tip)

    def content(path: str) -> bytes | None:
        return repository.content(stored[path].blob) if path in stored else None

    entries = versions.parse(content(VERSIONS))
    aliases = {*order.aliases, *versions.aliases_of(entries, order.version)}
    versions.refuse_clashes(entries, order.version, sorted(aliases))
    entries = versions.with_version(entries, order.version, sorted(aliases), partial)
    names = {name for e in entries for name in (e["version"], *e.get("aliases", []))}
    base = base_path(site.facts.base_url, place_of(order.version))
    files: dict[str, Path | bytes] = {}
    mine: set[str] = set()
    for place in map(place_of, (order.version, *sorted(aliases))):
        files |= placed(site, order.version, place, base, partial)
        others = [place_of(name) for name in names if place_of(name) != place]
        if order.adopt:
            mine |= adopted(stored, place, others)
        elif manifest := content(f"{place}/{MANIFEST}"):
            mine |= owned(manifest, place)
    shared = front.shared(entries, order.version, files)
    files, mine = _with_shared(files, mine, shared, stored, repository)
    wanted = {path: repository.blob_name(read(data)) for path, data in files.items()}
    if others_ := others_in_the_way(stored, wanted, mine):
        raise DeployError(
            f"{others_[0]} on {order.branch} was not put there by a deployment of {order.version}"
            f" ({len(others_)} such): remove it, or give --adopt to replace it"
        )
    changes = compare(stored, wanted, mine)
    return Plan(files, changes, frozenset(after(stored, changes)))


def check(order: Order, site: Site, plan: Plan, reader: Reader) -> None:
    """Follow every link of the site on the branch as it will be.

    :raises SiteError: one is broken.
    """
    place = place_of(order.version)
    here = {p: data for p, data in plan.files.items() if p.startswith(f"{place}/") or "/" not in p}
    around = Surroundings(
        paths=plan.paths,
        base=base_path(site.facts.base_url, place),
        root_url=root_url(site.facts.base_url, place),
        repository=site.facts.colab.get("repository", ""),
        branch=order.branch,
        place=place,
    )
    broken = broken_links(reader.pages(here), around)
    if broken:
        count = f"{len(broken)} broken link{'s' if len(broken) > 1 else ''}"
        message = f"{count} in the site as it would be on {order.branch}: mend and build again"
        raise SiteError(message, map(str, broken))


def publish(
    order: Order,
    site: Site,
    partial: Sequence[str],
    repository: Repository,
    tip: str,
    plan: Plan,
) -> str:
    """Commit and push.

    :returns: the commit that the branch ends in now.
    :raises OvertakenError: somebody else was quicker.
    """
    message = commit_message(order, site, partial)
    written = {path: plan.files[path] for path in (*plan.changes.added, *plan.changes.modified)}
    commit = repository.commit(tip, message, plan.changes.removed, written)
    if order.squash:
        commit = repository.squashed(commit, message)
    repository.push(commit, tip, replace=order.squash)
    return commit


def commit_message(order: Order, site: Site, partial: Sequence[str]) -> str:
    """What the branch's history says about a deployment."""
    place = place_of(order.version)
    source = f" from {site.facts.commit[:12]}" if site.facts.commit else ""
    trailers = [f"Docent-Version: {order.version}"]
    trailers += [f"Docent-Alias: {alias}" for alias in order.aliases]
    trailers += [f"Docent-Source: {site.facts.commit}"] if site.facts.commit else []
    trailers += [f"Docent-Partial: {reason}" for reason in partial]
    return f"Deploy {order.version} to {place}/{source}\n\n" + "\n".join(trailers) + "\n"


def _with_shared(
    files: Mapping[str, Path | bytes],
    mine: set[str],
    shared: Mapping[str, Path | bytes],
    stored: Mapping[str, Stored],
    repository: Repository,
) -> tuple[dict[str, Path | bytes], set[str]]:
    """Add the shared files, except pages where somebody else's stand."""
    everything, owned_paths = dict(files), set(mine)
    for path in front.PAGES:
        foreign = path in stored and path not in mine
        if foreign and front.is_ours(repository.content(stored[path].blob)):
            owned_paths.add(path)
        if path in shared and (path in owned_paths or path not in stored):
            everything[path] = shared[path]
    everything[VERSIONS] = shared[VERSIONS]
    if front.NO_JEKYLL not in stored:
        everything[front.NO_JEKYLL] = b""
    return everything, (owned_paths | {VERSIONS}) - (set(front.PAGES) - everything.keys())
