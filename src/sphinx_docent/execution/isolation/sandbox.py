"""Isolates a process and has it observed: an overlay over the repository, watched by inotify.

The server makes a :class:`Plan` once, and a :class:`Link` for each child; the child calls
:func:`enter`. Then it works at the repository's real path, below an overlay of its own.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import inotify, libc, overlay
from .inotify import Observed, Tally, Watched
from .libc import StepError
from .mounts import Ways, find_ways
from .namespaces import (
    create_user_namespace,
    may_map_all_users,
    may_mount_over_mounts,
    mount_namespace,
    try_out,
)
from .overlay import Layer
from .tree import Tree, find_unmappable, list_tree
from .upper import remove

_MESSAGE = 1 << 17
_TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for all tutorials.

    :param root: the repository's root, a real path.
    :param run: a folder in which each tutorial has its base folder. In its place, a tutorial
        sees a folder of its own, for temporary files.
    :param user_namespaces: a descriptor for each slot.
    :param in_memory: whether what is written is held in memory, since the kernel cannot use
        the folder for it.
    """

    root: str
    run: str
    ways: Ways
    tree: Tree
    user_namespaces: tuple[int, ...]
    in_memory: bool


@dataclass(slots=True)
class Link:
    """What connects the server with one child.

    :param base: its base folder.
    :param instance: a descriptor of inotify, for the server's selector.
    :param folders: those of the repository that are to be watched.
    """

    base: Path
    instance: int
    folders: tuple[bytes, ...]
    user_namespace: int
    ours: socket.socket
    theirs: socket.socket
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server has of a tutorial that has ended.

    :param signals_scoped: whether it could signal none but its own processes.
    :param uppers: of each layer, a descriptor of what was written.
    """

    observed: Observed
    signals_scoped: bool
    uppers: tuple[tuple[Layer, int], ...]


def make_plan(root: Path, run: Path, is_excluded: Callable[[str], bool], slots: int) -> Plan:
    """Look at the machine and the repository. Called once, in the server.

    :param run: an empty folder.
    :raises StepError: tutorials cannot be isolated here, and why.
    """
    real, folder = os.path.realpath(root), os.path.realpath(run)
    if os.path.commonpath([real, folder]) == folder:
        raise StepError(f"the repository lies in the folder for temporary files, {folder}")
    ways = find_ways(real)
    if ways.below and not may_mount_over_mounts():
        raise StepError(f"{ways.below[0]} is mounted in the repository; only root can overlay that")
    only_root = Tree((os.fsencode(real),), {})
    plan = Plan(real, folder, ways, only_root, (create_user_namespace(),), in_memory=False)
    if folder.startswith(real + os.sep) or _reason_against(plan):
        plan = replace(plan, in_memory=True)
        if reason := _reason_against(plan):
            raise StepError(reason)
    tree = list_tree(real, is_excluded)
    if not may_map_all_users() and (odd := find_unmappable(tree)):
        raise StepError(f"{odd} belongs to another user or group; only root can overlay it")
    others = tuple(create_user_namespace() for _ in range(slots - 1))
    return replace(plan, tree=tree, user_namespaces=plan.user_namespaces + others)


def open_link(plan: Plan, name: str, slot: int, folder: Path) -> Link:
    """Make ready for a child, before it is forked.

    :param name: of its base folder.
    :param folder: the tutorial's; the folders near it are watched if not all can be.
    """
    base = Path(plan.run, name)
    base.mkdir(0o700)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    folders = plan.tree.folders
    if len(folders) * len(plan.user_namespaces) > inotify.watches_allowed():
        folders = inotify.nearest_first(folders, os.fsencode(os.path.realpath(folder)))
    user_namespace = plan.user_namespaces[slot]
    return Link(base, libc.inotify_init(), folders, user_namespace, ours, theirs)


def enter(plan: Plan, link: Link) -> None:
    """Isolate this process, and have it observed. Called in a freshly forked child.

    Afterwards the working folder is the repository's root, and temporary files belong in
    :attr:`Plan.run`. Descriptors that the process has inherited lead around the overlay: they
    are the caller's to close.

    :raises StepError: a step failed; nothing of the tutorial may run here then.
    """
    with mount_namespace(link.user_namespace):
        if plan.in_memory:
            overlay.mount_memory(str(link.base))
        written = os.open(link.base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        base = f"/proc/self/fd/{written}"  # an overlay may hide it
        os.mkdir(f"{base}/{_TEMPORARY}")
        layers = overlay.mount_overlays(plan.root, plan.ways, base)
        overlay.mount_over(f"{base}/{_TEMPORARY}", plan.run)
        os.chdir(plan.root)
        watched = inotify.watch(link.instance, link.folders)
        scoped = libc.scope_signals()
    message = {
        "layers": [(layer.point, layer.upper) for layer in layers],
        "count": watched.count,
        "skipped": watched.skipped,
        "scoped": scoped,
    }
    socket.send_fds(link.theirs, [json.dumps(message).encode()], [written])
    os.close(written)
    os.close(link.instance)
    os.close(link.user_namespace)
    link.ours.close()
    link.theirs.close()


def close_link(link: Link) -> Outcome | None:
    """Take what there is of a child, after all of its processes have ended.

    :returns: ``None`` if it ended before it was isolated.
    """
    inotify.drain(link.instance, link.tally)
    link.theirs.close()
    with link.ours:
        try:
            data, handles, _, _ = socket.recv_fds(link.ours, _MESSAGE, 1)
        except OSError:
            return None
    if not handles:
        return None
    message = json.loads(data)
    watched = Watched(message["count"], tuple(message["skipped"]))
    layers = [Layer(*layer) for layer in message["layers"]]
    try:
        uppers = tuple((layer, _open_upper(layer, handles[0])) for layer in layers)
    finally:
        os.close(handles[0])
    observed = inotify.translate(link.tally, link.folders, watched)
    return Outcome(observed, message["scoped"], uppers)


def release(outcome: Outcome) -> None:
    """Give up what was written: it is gone if it lay in a ``tmpfs``."""
    for _, upper in outcome.uppers:
        os.close(upper)


def discard(link: Link) -> None:
    """Close the instance, and remove what lies on the disk.

    The kernel lets who closes an instance wait for some 10 ms, unless its overlay has been gone
    for that long. So a server does this when it has nothing better to do.
    """
    os.close(link.instance)
    remove(link.base)


def _open_upper(layer: Layer, base: int) -> int:
    return os.open(layer.upper, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=base)


def _reason_against(plan: Plan) -> str:
    """Isolate and observe a process that does nothing; empty if that is possible."""
    link = open_link(plan, "trial", 0, Path(plan.root))
    reason = try_out(lambda: _trial(plan, link))
    outcome = close_link(link)
    discard(link)
    if outcome is None:
        return reason or "the trial told nothing"
    release(outcome)
    return reason or ("" if outcome.observed.listed else "no event came of what was read")


def _trial(plan: Plan, link: Link) -> None:
    before = os.stat(plan.root).st_dev
    enter(plan, link)
    if os.stat(plan.root).st_dev == before:
        raise StepError("an overlay was mounted, and is not seen")
    os.listdir(plan.root)
