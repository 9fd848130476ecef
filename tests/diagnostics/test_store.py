"""What is kept of diagnostics comes back; what is damaged is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_docent.diagnostics.incremental import KeptDiagnostics
from sphinx_docent.diagnostics.store import load_diagnostics, save_diagnostics
from sphinx_docent.model import Diagnostic

FOUND = Diagnostic("docs/a.rst", 3, "ref.ref", "broken")


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    kept = KeptDiagnostics("targets", "checked", True, (FOUND,), {"a": (FOUND,), "b": ()})
    save_diagnostics(tmp_path / "kept.json", kept)
    assert load_diagnostics(tmp_path / "kept.json") == kept


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"format": 99}', '{"format": 1}'])
def test_what_is_damaged_is_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept.json"
    assert load_diagnostics(file) == KeptDiagnostics()
    file.write_text(text)
    assert load_diagnostics(file) == KeptDiagnostics()
