"""Visitors of the branch's root are led to the version that they expect."""

from __future__ import annotations

from sphinx_docent.deploy.layout import Layout
from sphinx_docent.deploy.shared_files import is_ours, shared_files
from sphinx_docent.deploy.site import bytes_of

DOCS = Layout()
DEV, V1 = {"version": "dev", "aliases": []}, {"version": "v1", "aliases": ["latest"]}


def test_with_development_there_is_one_redirect() -> None:
    shared = shared_files([DEV, V1], "v1", {"docs/v1/404.html": b"<head>"}, DOCS)
    assert set(shared) == {".nojekyll", "docs/versions.json", "index.html"}
    assert b'href="docs/"' in bytes_of(shared["index.html"])


def test_without_it_both_fronts_lead_to_the_latest() -> None:
    shared = shared_files([V1], "v1", {}, DOCS)
    assert b'href="docs/v1/"' in bytes_of(shared["index.html"])
    assert b'href="v1/"' in bytes_of(shared["docs/index.html"])
    assert all(is_ours(bytes_of(shared[name])) for name in ("index.html", "docs/index.html"))
    assert not is_ours(b"<p>mine</p>")


def test_the_page_for_missing_addresses_is_the_default_versions() -> None:
    shared = shared_files([DEV], "dev", {"docs/404.html": b"<head><title>x"}, DOCS)
    assert is_ours(bytes_of(shared["404.html"]))
    assert b"<title>x" in bytes_of(shared["404.html"])
