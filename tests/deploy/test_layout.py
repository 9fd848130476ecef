"""Where a version stands on the branch, and where the branch is served."""

from __future__ import annotations

import pytest

from sphinx_docent.deploy.errors import DeployError
from sphinx_docent.deploy.layout import Layout, base_path, folders_above, root_url


def test_development_stands_at_the_front_and_versions_beside_each_other() -> None:
    assert [Layout().folder_of(name) for name in ("dev", "v1.2", "latest", "1.0+a-b_c")] == [
        "docs",
        "docs/v1.2",
        "docs/latest",
        "docs/1.0+a-b_c",
    ]


@pytest.mark.parametrize("name", ["", "../up", "a b", "a/b", ".git", "x.lock", "v1.", "-v", "ü"])
def test_what_is_no_name_of_a_folder_is_refused(name: str) -> None:
    with pytest.raises(DeployError, match="cannot be a version"):
        Layout().folder_of(name)


@pytest.mark.parametrize(
    ("url", "folder", "path", "root"),
    [
        ("https://o.example/project/docs/", "docs", "/project/", "https://o.example/project/"),
        ("https://o.example/docs/v1/", "docs/v1", "/", "https://o.example/"),
        ("https://o.example/p/docs/", "docs/v1", "/p/", "https://o.example/p/"),
        ("https://o.example/en/", "docs", "/", ""),
        ("", "docs", "/", ""),
    ],
)
def test_the_address_of_a_version_tells_that_of_the_branch(
    url: str, folder: str, path: str, root: str
) -> None:
    assert base_path(url, folder, "docs") == path
    assert root_url(url, folder, "docs") == root


def test_the_folders_above_a_path() -> None:
    assert list(folders_above("a/b/c.html")) == ["a", "a/b"]
    assert list(folders_above("c.html")) == []
