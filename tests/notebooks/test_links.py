"""Links of a notebook lead to the published site."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from sphinx_docent.notebooks.inner_links import inner_targets
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


def test_a_place_of_the_notebook_is_reached_within_it() -> None:
    link = published_links(BASE, "gallery/one.html", {"here"})
    for attributes in ({"refid": "here"}, {"refuri": "#here"}, {"refuri": "gallery/one.html#here"}):
        assert link(nodes.reference("", "", **attributes)) == "#here"
    assert link(nodes.reference("", "", refuri="#there")) == f"{BASE}/gallery/one.html#there"
    assert published_links("", "one.html", {"here"})(nodes.reference(refid="here")) == "#here"


def test_a_page_that_is_not_on_the_site_is_no_link() -> None:
    link = published_links(BASE, "gallery/one.html", (), {"page.html"}.__contains__)
    assert link(nodes.reference("", "", refuri="../page.html#a")) == f"{BASE}/page.html#a"
    assert link(nodes.reference("", "", refuri="../nowhere.html")) is None
    assert link(nodes.reference("", "", refuri="https://e.org/x.html")) == "https://e.org/x.html"


def test_what_a_page_refers_to_and_shows_is_a_place_of_its_notebook() -> None:
    text = nodes.paragraph("", "", nodes.reference("", "", refid="a"), ids=["a"])
    note = nodes.footnote("", ids=["f"], backrefs=["id1"])
    mark = nodes.footnote_reference("", "1", refid="f", ids=["id1"])
    gone = nodes.reference("", "", refid="footer")
    footer = nodes.container("", ids=["footer"], classes=["sphx-glr-footer"])
    document = new_document("page")
    document.extend([text, note, mark, gone, footer, nodes.paragraph("", "", ids=["unused"])])
    assert inner_targets(document, "one.html") == {"a", "f", "id1"}
