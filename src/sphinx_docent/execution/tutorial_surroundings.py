"""Chooses what surrounds tutorials: the best that this machine allows."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..gallery.configuration import GalleryConf
from .child import ExecutionRequest
from .in_copy import InCopies, watch_repository
from .surroundings import Surroundings
from .tracebacks import PACKAGE

if TYPE_CHECKING:
    from .isolation.sandbox import Plan


@dataclass(frozen=True, slots=True)
class Site:
    """What surroundings are made of.

    :param root: the repository's root.
    :param work: a folder for what is thrown away.
    :param excluded: folders of the repository that are no one's input.
    :param slots: how many tutorials run at a time.
    :param isolation: ``"auto"`` or ``"copy"``.
    """

    root: Path
    work: Path
    excluded: tuple[str, ...]
    slots: int
    isolation: str


def choose_surroundings(
    site: Site, request: Callable[[int], ExecutionRequest], conf: GalleryConf
) -> Surroundings:
    """Called in the server while it has one thread."""
    plan, reason = _plan(site)
    if plan is None:
        watch = watch_repository(site.root, site.work, _excluded(site))
        return InCopies(request, conf, reason, watch)
    from .in_namespace import InNamespaces

    return InNamespaces(plan, request, conf)


def _excluded(site: Site) -> Callable[[str], bool]:
    """Whether nothing in a folder is anyone's input."""
    apart = (*site.excluded, PACKAGE)
    return lambda folder: f"{folder}{os.sep}".startswith(apart)


def isolation_here(root: Path, isolation: str) -> str:
    """How tutorials are kept from harming anything else on this machine, in words."""
    with tempfile.TemporaryDirectory(prefix="docent-", ignore_cleanup_errors=True) as work:
        site = Site(root, Path(os.path.realpath(work)), (f"{root}{os.sep}",), 1, isolation)
        plan, reason = _plan(site)
    if plan is not None:
        return "each tutorial works at its real path, and what it writes there is thrown away"
    return f"each tutorial works in a copy of its folder: {reason}"


def _plan(site: Site) -> tuple[Plan | None, str]:
    """How namespaces are made here; or why they are not."""
    if site.isolation == "copy":
        return None, "docent_isolation is 'copy'"
    if sys.platform != "linux":
        return None, f"{sys.platform} has no namespaces"
    from .isolation.libc import StepError
    from .isolation.sandbox import make_plan

    run = Path(tempfile.mkdtemp(prefix="run-", dir=site.work))
    try:
        plan = make_plan(site.root, run, _excluded(site), site.slots)
    except (StepError, OSError) as error:
        return None, str(error)
    return plan, ""
