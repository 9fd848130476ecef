"""Builds that execute notebooks, where pip finds our own wheels alone."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from tests.helpers.sites import Build, Site

SHELL = """\
Before.

.. code-block:: bash

   %%shell
   echo some output
   echo the reason >&2
   exit 3

After.
"""


def wheel(folder: Path, version: int) -> None:
    """A package that nothing but pip can bring."""
    folder.mkdir(exist_ok=True)
    name = f"docent_tiny-{version}"
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as archive:
        archive.writestr("docent_tiny.py", f"VERSION = {version}\n")
        about = f"Metadata-Version: 2.1\nName: docent-tiny\nVersion: {version}\n"
        archive.writestr(f"{name}.dist-info/METADATA", about)
        about = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{name}.dist-info/WHEEL", about)
        archive.writestr(f"{name}.dist-info/RECORD", "")


def build_notebooks(
    site: Site, *options: str, python: str = sys.executable, **variables: str
) -> Build:
    """Build the notebooks; pip finds our wheels alone.

    :param python: the interpreter of the environment that builds.
    """
    wheels = site.root / "wheels"
    for version in (1, 2):
        wheel(wheels, version)
    env = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), **variables}
    return site.build("-D", "docent_jobs=3", *options, builder="notebooks", env=env, python=python)


def entries(site: Site) -> dict[str, dict[str, Any]]:
    """What the report says of each tutorial, by its file name without ending."""
    report = json.loads((site.state / "notebooks.json").read_bytes())
    return {Path(entry["path"]).stem: entry for entry in report["tutorials"]}
