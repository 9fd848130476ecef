"""``invoke clean``: removes what builds make."""

from __future__ import annotations

import shutil
from pathlib import Path

from invoke import Context, task

from .project import LAYOUT, ROOT

TOOLS = (".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", "dist")


@task(help={"all": "also kept results, the environments of Nox and the caches of tools"})
def clean(_: Context, all: bool = False) -> None:  # noqa: A002
    """Remove what builds make, and nothing else."""
    states = [site.state for site in LAYOUT.sites]
    removed = [
        name for name in (*LAYOUT.built, *((*states, *TOOLS) if all else ())) if remove(ROOT / name)
    ]
    print("\n".join(f"removed {name}" for name in removed) or "nothing to remove")


def remove(path: Path) -> bool:
    """Remove a file, a folder or a link, but never what a link leads to."""
    if not path.parent.resolve().is_relative_to(ROOT):
        return False
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        return False
    return True
