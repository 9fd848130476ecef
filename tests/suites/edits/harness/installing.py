"""Edits of the installed distributions."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ..harness.model import Edit
from ..harness.site import Site


def install(
    name: str,
    version: str,
    files: Mapping[str, str],
    *,
    direct_url: Mapping[str, object] | None = None,
    summary: str = "",
    entry_points: str = "",
    requires: str = "",
    record: bool = True,
) -> Edit:
    """Install a distribution as pip does; an older version of it goes.

    :param files: by path in ``site-packages``.
    :param record: whether ``RECORD`` says what the files hold now; otherwise it stays.
    """

    def edit(site: Site, case: str) -> None:
        own = site.text(name, case)
        kept = _uninstall(site, own)
        for path, content in files.items():
            site.write(f"@SITE/{path}", content, case)
        about = f"Metadata-Version: 2.1\nName: {own}\nVersion: {version}\n"
        about += f"Summary: {summary}\n" if summary else ""
        about += f"Requires-Dist: {requires}\n" if requires else ""
        info = f"{own.replace('-', '_')}-{version}.dist-info"
        tops = sorted({Path(site.text(path, case)).parts[0].partition(".py")[0] for path in files})
        parts = {"METADATA": about, "INSTALLER": "pip\n", "top_level.txt": "\n".join(tops)}
        if entry_points:
            parts["entry_points.txt"] = site.text(entry_points, case)
        if direct_url:
            parts["direct_url.json"] = site.text(json.dumps(direct_url), case)
        for part, content in parts.items():
            site.write(f"@SITE/{info}/{part}", content, case)
        written = [site.text(path, case) for path in files] + [f"{info}/{part}" for part in parts]
        rows = "".join(_record(site, path) for path in written) + f"{info}/RECORD,,\n"
        site.write(f"@SITE/{info}/RECORD", rows if record or not kept else kept, case)

    return edit


def uninstall(name: str) -> Edit:
    """Remove a distribution with all that it has installed."""

    def edit(site: Site, case: str) -> None:
        _uninstall(site, site.text(name, case))

    return edit


def _uninstall(site: Site, name: str) -> str:
    record = ""
    folders = set()
    for info in site.packages.glob(f"{name.replace('-', '_')}-*.dist-info"):
        record = (info / "RECORD").read_text(encoding="utf-8")
        for row in record.splitlines():
            file = site.packages / row.partition(",")[0]
            file.unlink(missing_ok=True)
            folders |= {file.parent / "__pycache__", file.parent}
            for old in file.parent.glob(f"__pycache__/{file.stem}.*"):
                old.unlink()
    for folder in sorted(folders, reverse=True):
        if folder != site.packages and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return record


def _record(site: Site, path: str) -> str:
    content = (site.packages / path).read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}\n"
