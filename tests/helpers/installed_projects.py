"""Real projects and distributions in folders of a test."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any


def install(
    site: Path,
    name: str,
    version: str,
    files: dict[str, str],
    *,
    direct_url: dict[str, Any] | None = None,
    record: bool = True,
    entry_points: str = "",
) -> Path:
    """Install a distribution as pip does, in the place of another version.

    :param files: text by name in the folder of installed distributions.
    :returns: the folder of its metadata.
    """
    for old in site.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    info = f"{name}-{version}.dist-info"
    texts = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nText.\n",
        f"{info}/INSTALLER": "pip\n",
    }
    if direct_url:
        texts[f"{info}/direct_url.json"] = json.dumps(direct_url)
    if entry_points:
        texts[f"{info}/entry_points.txt"] = entry_points
    rows = []
    for path, text in texts.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        rows.append(f"{path},sha256={digest.rstrip('=')},{len(text)}\n")
    if record:
        (site / info / "RECORD").write_text("".join([*rows, f"{info}/RECORD,,\n"]))
    else:
        (site / info / "top_level.txt").write_text(f"{name}\n")
    return site / info


def install_editable(site: Path, name: str, tree: Path) -> None:
    """Use a distribution from its source tree, as :pep:`660` has it."""
    url = {"url": tree.as_uri(), "dir_info": {"editable": True}}
    install(site, name, "0.1", {f"_{name}.pth": f"{tree}\n"}, direct_url=url)
