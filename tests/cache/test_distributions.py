"""What is installed counts by its version where that says what it holds, and else by content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.installed_projects import install, install_editable

from sphinx_docent.cache.distributions import Distributions, documented_name

ELSEWHERE = Path("/elsewhere")
FILES = {"pack/__init__.py": "x = 1\n", "pack/data.csv": "1\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed distributions."""
    folder = tmp_path / "env" / "lib" / "site-packages"
    folder.mkdir(parents=True)
    return folder


def found(site: Path, *more: Path, documented: str | None = None) -> Distributions:
    return Distributions([str(folder) for folder in (site, *more)], documented)


def test_a_release_from_an_index_counts_by_its_version(site: Path) -> None:
    install(site, "pack", "1.2", FILES)
    there = found(site)
    assert there.state("pack") == there.state("Pack") == "1.2"
    assert there.of_module("pack") == ("pack",)
    assert there.label(str(site / "pack" / "__init__.py")) == "pack 1.2"
    assert there.watched(ELSEWHERE) == ()
    assert there.state("missing") is None
    assert there.of_module("missing") == ()


FROM: dict[str, dict[str, Any]] = {
    "a folder": {"url": "file:///x/pack", "dir_info": {}},
    "an archive": {"url": "file:///x/pack-1.2.whl", "archive_info": {}},
    "an archive elsewhere": {"url": "https://x/pack-1.2.whl", "archive_info": {}},
    "a repository": {
        "url": "https://x/pack.git",
        "vcs_info": {"vcs": "git", "commit_id": "0" * 40},
    },
}


@pytest.mark.parametrize("origin", FROM)
def test_by_content_counts_what_was_installed_from(origin: str, site: Path) -> None:
    install(site, "pack", "1.2", FILES, direct_url=FROM[origin])
    there = found(site)
    assert there.state("pack") == "by content"
    assert there.label(str(site / "pack" / "__init__.py")) is None
    assert str(site / "pack") in there.watched(ELSEWHERE)


@pytest.mark.parametrize("origin", FROM)
def test_this_extension_is_no_input_wherever_it_was_installed_from(
    origin: str, site: Path, tmp_path: Path
) -> None:
    install(site, "sphinx_docent", "1.2", FILES, direct_url=FROM[origin])
    assert found(site).watched(ELSEWHERE) == ()
    assert found(site).state("sphinx-docent") == "1.2"


@pytest.mark.parametrize("version", ["1.3.dev4", "1.3.dev4+gabc", "1.2+cpu", "not a version"])
def test_a_development_version_counts_by_content(version: str, site: Path) -> None:
    install(site, "pack", version, FILES)
    assert found(site).state("pack") == "by content"


def test_the_documented_project_counts_by_content(site: Path) -> None:
    install(site, "pack", "1.2", FILES)
    assert found(site, documented="Pack").state("pack") == "by content"
    assert found(site, documented="other").state("pack") == "1.2"


def test_without_a_list_of_files_both_version_and_content_count(site: Path) -> None:
    install(site, "pack", "1.2", FILES, record=False)
    there = found(site)
    assert there.state("pack") == "1.2, and by content"
    assert there.of_module("pack") == ("pack",)


def test_the_first_on_the_path_counts(site: Path, tmp_path: Path) -> None:
    install(site, "pack", "1.2", FILES)
    (tmp_path / "user").mkdir()
    install(tmp_path / "user", "pack", "1.3", FILES)
    assert found(site, tmp_path / "user").state("pack") == "1.2"


def test_the_tree_of_an_editable_one_is_its_own(site: Path, tmp_path: Path) -> None:
    tree = tmp_path / "with space" / "pack"
    (tree / "src" / "pack").mkdir(parents=True)
    install_editable(site, "pack", tree)
    there = found(site)
    owner = there.owner(str(tree / "src" / "pack" / "a.py"))
    assert owner is not None
    assert (owner[0].name, owner[1]) == ("pack", "~/src/pack/a.py")
    assert there.watched(ELSEWHERE)[-1] == f"{tree}/"
    assert there.owner(str(tmp_path / "with space" / "packed" / "a.py")) is None


def test_the_tree_of_the_repository_is_its_own_and_not_what_is_installed_in_it(
    tmp_path: Path,
) -> None:
    tree = tmp_path / "repository"
    site = tree / ".nox" / "docs" / "lib" / "site-packages"
    site.mkdir(parents=True)
    install_editable(site, "mine", tree)
    install(site, "pack", "1.2", FILES)
    there = found(site, documented="mine")
    assert there.label(str(site / "pack" / "__init__.py")) == "pack 1.2"
    assert there.label(str(tree / "mine.py")) is None
    assert f"{tree}/" in there.watched(ELSEWHERE)
    assert f"{tree}/" not in there.watched(tree)


def test_one_that_setup_py_develop_has_left_in_its_tree_is_editable(tmp_path: Path) -> None:
    (tmp_path / "tree" / "pack.egg-info").mkdir(parents=True)
    (tmp_path / "tree" / "pack.egg-info" / "PKG-INFO").write_text("Name: pack\nVersion: 3\n")
    (tmp_path / "tree" / "pack.egg-info" / "top_level.txt").write_text("pack\n")
    there = found(tmp_path / "tree")
    assert there.state("pack") == "3, and by content"
    assert there.all["pack"].tree == str(tmp_path / "tree")


def test_of_a_shared_namespace_the_one_counts_that_has_the_module(site: Path) -> None:
    install(site, "ns_one", "1", {"ns/one/__init__.py": "", "ns/a.py": ""})
    install(site, "ns_two", "2", {"ns/two/__init__.py": ""})
    there = found(site)
    assert there.of_module("ns") == ("ns-one", "ns-two")
    assert there.of_module("ns.one.deep") == ("ns-one",)
    assert there.of_module("ns.a") == ("ns-one",)
    owner = there.owner(str(site / "ns" / "two" / "__init__.py"))
    assert owner is not None
    assert owner[0].name == "ns-two"


def test_a_digest_is_read_from_the_list_while_the_file_is_untouched(site: Path) -> None:
    install(site, "pack", "1.2", FILES)
    entry = found(site).all["pack"]
    name = "pack/__init__.py"
    assert entry.untouched_digest(name) == hashlib.sha256(b"x = 1\n").hexdigest()
    time = (site / name).stat().st_mtime_ns
    (site / name).write_text("x = 2\n")
    os.utime(site / name, ns=(time, time))
    assert entry.untouched_digest(name) is None
    assert entry.untouched_digest("pack/missing.py") is None


def test_what_python_brings_is_told_from_the_projects_own(tmp_path: Path, site: Path) -> None:
    there = found(site)
    assert there.label("<frozen os>") == there.label(os.path.join.__code__.co_filename) == "Python"
    assert there.label("<string>") is None
    assert there.label(str(tmp_path / "conf.py")) is None


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("pyproject.toml", '[project]\nname = "Some.Pack"\n', "Some.Pack"),
        ("setup.cfg", "[metadata]\nname = some-pack\n", "some-pack"),
        ("pyproject.toml", "[tool.x]\n", None),
        ("pyproject.toml", "not toml", None),
        ("other.txt", "", None),
    ],
)
def test_the_name_of_the_documented_project_is_found(
    file: str, text: str, name: str | None, tmp_path: Path
) -> None:
    (tmp_path / file).write_text(text)
    assert documented_name(tmp_path) == name
