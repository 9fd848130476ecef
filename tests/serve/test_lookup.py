"""A request is answered by a file inside of the site, or by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_docent.serve.lookup import Found, Moved, find


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site, and a secret beside it."""
    root = tmp_path.resolve() / "site"
    for name in ("index.html", "guide/index.html", "empty/data.bin", "with space é.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    (tmp_path / "secret.txt").touch()
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "linked").symlink_to(tmp_path)
    (root / "inner.html").symlink_to("index.html")
    (root / "loop").symlink_to("loop")
    return root


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/", "index.html"),
        ("/index.html?x=1", "index.html"),
        ("//index.html", "index.html"),
        ("/inner.html", "index.html"),
        ("/guide/", "guide/index.html"),
        ("/guide/?q", "guide/index.html"),
        ("/empty/data.bin", "empty/data.bin"),
        ("/with%20space%20%C3%A9.html", "with space é.html"),
    ],
)
def test_a_file_of_the_site_is_found(folder: Path, target: str, name: str) -> None:
    assert find(folder, target) == Found(folder / name)


@pytest.mark.parametrize(
    ("target", "location"),
    [("/guide", "/guide/"), ("/guide?q=1", "/guide/?q=1"), ("//guide", "/guide/")],
)
def test_a_folder_is_led_to_its_page(folder: Path, target: str, location: str) -> None:
    assert find(folder, target) == Moved(location)


@pytest.mark.parametrize(
    "target",
    [
        *("", "index.html", "/nothing", "/index.html/", "/empty", "/empty/", "/loop"),
        *("/../secret.txt", "/guide/../../secret.txt", "/./index.html"),
        *("/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%252e%252e/secret.txt"),
        *("/link.txt", "/linked/secret.txt", "/linked", "//etc/passwd", "/%2fetc/passwd"),
        *("/index.html%00.txt", "/%ff", "/" + "a" * 5000),
    ],
)
def test_nothing_else_is(folder: Path, target: str) -> None:
    assert find(folder, target) is None
