"""Commands with file systems of their own: read-only, or small."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.sites import Site, environment


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    return done.returncode == 0


needs_mounts = pytest.mark.skipif(not _can_mount(), reason="mounts are forbidden here")


def read_only(folder: Path) -> str:
    """The commands that make a folder read-only."""
    return f'mount --bind "{folder}" "{folder}" && mount -o remount,ro,bind "{folder}"'


def small(folder: Path, kilobytes: int) -> str:
    """The commands that put an empty, small file system in the place of a folder."""
    return f'mount -t tmpfs -o size={kilobytes}k tmpfs "{folder}"'


def build_where(
    mounts: str,
    site: Site,
    builder: str = "html",
    *options: str,
    out: Path | None = None,
    tmp: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run ``sphinx-build`` once the mounts are made; nobody else sees them."""
    folder = out or site.docs / "_build" / builder
    words = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options]
    more = {"TMPDIR": tmp} if tmp else {}
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", f'{mounts} && exec "$@"', "sh", *words, site.docs, folder],
        env=environment(RUNS=os.devnull, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
