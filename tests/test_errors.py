"""An error shows what was meant, perhaps."""

from __future__ import annotations

from sphinx_docent.errors import nearest


def test_nearest_compares_file_names_as_well_as_paths() -> None:
    paths = ["/docs/a/quick_start.py", "/docs/b/roofline.py", "/docs/b/c.py", "/docs/b/d.py"]
    assert nearest("quik_start.py", paths)[0] == "/docs/a/quick_start.py"
    assert nearest("/docs/b/rooflines.py", paths)[0] == "/docs/b/roofline.py"
    assert len(nearest("x", paths)) == 3
