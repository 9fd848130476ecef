"""Configurations that are run as Sphinx runs them, and the fingerprints of what they hold."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import sphinx_docent
from sphinx_docent.cache.fingerprint import Fingerprints

STDLIB = str(Path(textwrap.__file__).parent)
OURS = str(Path(sphinx_docent.__file__).parent)


def installed(file: str) -> str | None:
    """What this interpreter's library holds is installed, we are, and nothing else."""
    return "stdlib" if file.startswith((STDLIB, OURS, "<frozen", "<built in>")) else None


def run(root: Path, source: str) -> dict[str, Any]:
    """What ``conf.py`` gives values, run as Sphinx runs it."""
    conf = root / "docs" / "conf.py"
    names: dict[str, Any] = {"__file__": str(conf), "ROOT": str(root)}
    conf.parent.mkdir(parents=True, exist_ok=True)
    conf.write_text(textwrap.dedent(source))
    exec(compile(conf.read_bytes(), conf, "exec"), names)
    return names


def fingerprint(root: Path, source: str) -> str:
    """The fingerprint of ``it``."""
    return Fingerprints(root, installed).of(run(root, source)["it"])
