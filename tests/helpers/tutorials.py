"""Tutorials that lie nowhere, for what only decides about them."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.model import Tutorial


def tutorial(name: str, *requires: str) -> Tutorial:
    """A tutorial that needs something."""
    return Tutorial(f"/t/{name}.py", Path(f"/t/{name}.py"), Path("/g"), f"g/{name}", requires)
