"""A page that is linked into a staging folder is reported where the writer edits it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.sites import Site, environment

CONF = """
import os

if os.path.basename(os.path.dirname(os.path.abspath(__file__))) == "_staging":
    sphinx_gallery_conf["examples_dirs"] = ["../tutorials"]
exclude_patterns = ["_build", "_staging", "tutorials"]
"""


def test_a_staging_folder_of_links(site: Site, tmp_path: Path) -> None:
    site.configure(CONF)
    path = site.tutorial("one", text=":ref:`nowhere`")
    site.write("docs/guide/page.rst", "Page\n====\n\nText.\n\n:ref:`lost`\n")
    site.append("docs/index.rst", "   guide/page\n")
    for name in ("conf.py", "index.rst", "guide/page.rst"):
        link = site.docs / "_staging" / name
        link.parent.mkdir(exist_ok=True, parents=True)
        link.symlink_to(site.docs / name)
    command = [sys.executable, "-m", "sphinx", "-b", "precheck", "-d", str(tmp_path / "trees")]
    done = subprocess.run(
        [*command, ".", str(tmp_path / "out")],
        cwd=site.docs / "_staging",
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    for line in (
        f"docs/guide/page.rst:{site.line('docs/guide/page.rst', 'lost')}: WARNING: undefined label",
        f"{path}:{site.line(path, 'nowhere')}: WARNING: undefined label",
    ):
        assert line in done.stderr
