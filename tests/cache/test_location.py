"""Where results are kept is a folder, or the URL of one; no secret is ever shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sphinx_docent.cache.location import (
    CacheLocation,
    parse_location,
    state_folder,
    without_credentials,
)
from sphinx_docent.errors import DocentError

DOCS = Path("/project/docs")
DEFAULT = DOCS / "_build" / "docent" / "cache"


@pytest.mark.parametrize(
    ("value", "location"),
    [
        ("", CacheLocation(DEFAULT)),
        ("kept", CacheLocation(DOCS / "kept")),
        (Path("/kept"), CacheLocation(Path("/kept"))),
        ("s3://bucket/x/", CacheLocation(DEFAULT, "s3://bucket/x/", "s3://bucket/x")),
        ("file:///kept", CacheLocation(DEFAULT, "file:///kept", "file:///kept")),
        (
            "https://me:pw@e.org/x",
            CacheLocation(DEFAULT, "https://me:pw@e.org/x", "https://e.org/x", readonly=True),
        ),
    ],
)
def test_a_folder_or_a_url(value: Any, location: CacheLocation) -> None:
    found = parse_location(value, False, DOCS)
    assert found == location
    assert "pw" not in repr(found)


@pytest.mark.parametrize("value", ["s3://", "s3://b?token=secret", "://x", 3, None])
def test_what_is_neither_is_an_error_without_secrets(value: Any) -> None:
    with pytest.raises(DocentError, match="docent_cache is") as error:
        parse_location(value, False, DOCS)
    assert "secret" not in str(error.value)


def test_readonly_is_yes_or_no() -> None:
    assert parse_location("kept", True, DOCS).readonly
    with pytest.raises(DocentError, match="docent_cache_readonly is 'yes'"):
        parse_location("kept", "yes", DOCS)


def test_a_url_is_shown_without_what_could_be_a_secret() -> None:
    assert without_credentials("https://a:b@e.org/x?y=1#z") == "https://e.org/x"


def test_the_project_may_name_the_place_of_its_state(tmp_path: Path) -> None:
    docs = tmp_path / "doc" / "source"
    docs.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert state_folder(docs) == docs / "_build" / "docent"
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.docent]\nstate = ".docent"\n', encoding="utf-8")
    assert state_folder(docs) == tmp_path / ".docent"
    assert state_folder(tmp_path / "_staging") == tmp_path / ".docent"
    project.write_text(
        '[tool.docent]\nstate = ".docent"\n[tool.docent.sites]\n"doc/source" = "doc/build"\n',
        encoding="utf-8",
    )
    assert state_folder(docs) == tmp_path / ".docent" / "doc" / "source"


def test_the_projects_file_above_the_repository_is_none_of_ours(tmp_path: Path) -> None:
    docs = tmp_path / "repository" / "docs"
    docs.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.docent]\nstate = "x"\n', encoding="utf-8")
    assert state_folder(docs) == docs / "_build" / "docent"


@pytest.mark.parametrize("text", ["[tool.docent]\nstate = 3\n", "[tool.docent\n"])
def test_a_projects_file_that_makes_no_sense_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DocentError, match=r"pyproject\.toml"):
        state_folder(tmp_path)
