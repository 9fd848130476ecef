"""Where sources can be read is told by the theme's own options."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sphinx_docent.site.source_address import theme_source

GITHUB = {"github_user": "u", "github_repo": "r"}


@pytest.mark.parametrize(
    ("options", "context", "address"),
    [
        ({}, {}, ""),
        ({}, {"github_user": "u"}, ""),
        ({}, GITHUB, "https://github.com/u/r/blob/main/{path}"),
        ({}, {**GITHUB, "github_version": "dev"}, "https://github.com/u/r/blob/dev/{path}"),
        ({"repository_url": "https://e.org/r/"}, GITHUB, "https://e.org/r/blob/main/{path}"),
        (
            {"repository_url": "https://e.org/r", "repository_branch": "dev"},
            {},
            "https://e.org/r/blob/dev/{path}",
        ),
    ],
)
def test_an_address_with_a_place_for_the_path(
    options: dict[str, str], context: dict[str, str], address: str
) -> None:
    config: Any = SimpleNamespace(html_theme_options=options, html_context=context)
    assert theme_source(config) == address
