"""Where things lie in the project."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = "docs/_build/html"
STATE = "docs/_build/docent"
REQUIREMENTS = ROOT / "requirements"
OLDEST_PYTHON = "3.11"

BUILT = ("docs/_build", "docs/gallery", "docs/gen_modules", "docs/sg_execution_times.rst")
TOOLS = (".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", "dist")
