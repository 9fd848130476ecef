"""A text in a setting counts with the file or the function that it names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sphinx_docent.cache.setting_names import named_files, named_objects


def test_files_are_found_however_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "b.png").touch()
    setting = {"thumb": "a.png", "more": [str(tmp_path / "b.png"), Path("a.png"), "c.png", "x\ny"]}
    assert named_files(setting, tmp_path) == [tmp_path / "a.png", tmp_path / "b.png"]
    assert named_files("a.png", tmp_path / "other") == []
    assert named_files(["", "\0", "x" * 9000, 1, None], tmp_path) == []


def test_functions_of_loaded_modules_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "drawing.py").write_text("def scraper(): pass\n_get_sg_image_scraper = scraper\n")
    assert named_objects(("drawing.scraper", "drawing")) == []
    import drawing  # type: ignore[import-not-found]

    assert named_objects(("matplotlib", "drawing.scraper")) == [drawing.scraper]
    assert named_objects("drawing") == [drawing.scraper]
    del sys.modules["drawing"]
