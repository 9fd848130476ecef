"""Distributions in a folder that stands for ``site-packages``."""

from __future__ import annotations

import shutil

from tests.helpers.sites import Site


def distribution(site: Site, name: str, version: str, source: str = "x = 1\n") -> None:
    """Install one version of a distribution, and no other."""
    folder = site.root.parent / "installed"
    for old in folder.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    package = folder / name
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(source)
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "RECORD").write_text(f"{name}/__init__.py,,\n")
    (info / "top_level.txt").write_text(f"{name}\n")


def installed(site: Site) -> None:
    """Have the builds see the distributions."""
    site.configure(
        f"""
        import sys
        sys.path.append({str(site.root.parent / "installed")!r})
        """
    )
