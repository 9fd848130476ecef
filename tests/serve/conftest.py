"""A small site, and a server that gives it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.site_server import MISSING_PAGE, serving_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, with things beside it that must stay unseen."""
    folder = tmp_path / "site"
    files = {
        "index.html": "<h1>front</h1>",
        "404.html": MISSING_PAGE,
        "guide/index.html": "<h1>guide</h1>",
        "empty/data.bin": "x",
        "with space é.html": "<h1>odd name</h1>",
        "lesson.ipynb": "{}",
        "module.mjs": "export {}",
        "code.wasm": "",
        "plot.svg": "<svg/>",
        "style.css": "",
        "script.js": "",
        "objects.inv": "",
        "bundle.tar.gz": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "site-neighbour").mkdir()
    (tmp_path / "site-neighbour" / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "inner.html").symlink_to("index.html")
    (folder / "loop").symlink_to("loop")
    return folder


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with serving_site(site) as (_, number):
        yield number
