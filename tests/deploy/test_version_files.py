"""What stands in a version's folder, and whose it is."""

from __future__ import annotations

import json

import pytest

from sphinx_docent.deploy.errors import DeployError
from sphinx_docent.deploy.version_files import adopted_paths, deployed_paths, rebased

MANIFEST = json.dumps({"format": 1, "files": ["index.html", "a/b.html"]}).encode()


def test_a_manifest_tells_which_files_are_the_deployments() -> None:
    assert deployed_paths(MANIFEST, "docs/v1") == {
        "docs/v1/index.html",
        "docs/v1/a/b.html",
        "docs/v1/deployment.json",
    }


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": 9, "files": []}'])
def test_a_manifest_that_cannot_be_read_is_refused(manifest: bytes) -> None:
    with pytest.raises(DeployError, match="--adopt"):
        deployed_paths(manifest, "docs")


def test_what_is_adopted_is_the_versions_own() -> None:
    own = ["docs/index.html", "docs/guide/a.html"]
    others = ["docs/v0.1/a.html", "docs/1.0/a.html", "docs/latest/a.html", "docs/beta/a", "CNAME"]
    assert adopted_paths([*own, *others], "docs", ["docs/beta"], has_versions=True) == set(own)
    assert adopted_paths([*own, *others], "docs/v0.1", [], has_versions=False) == {
        "docs/v0.1/a.html"
    }


@pytest.mark.parametrize(
    ("page", "moved"),
    [
        (
            '<link href="/_static/a.css"> <a href="/b.html"> <a href="//e.org/">',
            '<link href="/docs/v1/_static/a.css"> <a href="/docs/v1/b.html"> <a href="//e.org/">',
        ),
        (
            '<script src="/en/_static/a.js"> <a href="/en/b.html"> <a href="/c.html">',
            '<script src="/docs/v1/_static/a.js"> <a href="/docs/v1/b.html"> <a href="/c.html">',
        ),
        ('<link href="/docs/v1/_static/a.css">', '<link href="/docs/v1/_static/a.css">'),
        ('<link href="_static/a.css">', '<link href="_static/a.css">'),
    ],
)
def test_a_page_for_missing_addresses_is_moved_to_where_it_is_served(page: str, moved: str) -> None:
    assert rebased(page, "/docs/v1/") == moved
