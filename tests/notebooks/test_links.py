"""Links of a notebook lead to the published site."""

from __future__ import annotations

import pytest
from docutils import nodes

from sphinx_docent.notebooks.links import published_links

BASE = "https://docs.example/v1"
ELSEWHERE = [
    ({"refuri": "https://e.org/x"}, "https://e.org/x"),
    ({"refuri": "mailto:a@e.org"}, "mailto:a@e.org"),
]


@pytest.mark.parametrize(
    ("attributes", "address"),
    [
        ({"refuri": "../page.html#a"}, f"{BASE}/page.html#a"),
        ({"refuri": "other.html"}, f"{BASE}/gallery/other.html"),
        ({"refid": "here"}, f"{BASE}/gallery/one.html#here"),
        ({"filename": "0f/data.csv"}, f"{BASE}/_downloads/0f/data.csv"),
        ({}, None),
        *ELSEWHERE,
    ],
)
@pytest.mark.parametrize("base", [BASE, BASE + "/"])
def test_a_link_leads_to_its_page_on_the_site(
    attributes: dict[str, str], address: str | None, base: str
) -> None:
    link = published_links(base, "gallery/one.html")
    assert link(nodes.reference("", "", **attributes)) == address


@pytest.mark.parametrize(
    ("attributes", "address"),
    [({"refuri": "../page.html"}, None), ({"refid": "here"}, None), *ELSEWHERE],
)
def test_without_a_published_site_only_links_elsewhere_are_links(
    attributes: dict[str, str], address: str | None
) -> None:
    assert published_links("", "one.html")(nodes.reference("", "", **attributes)) == address
