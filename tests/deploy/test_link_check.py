"""Links are followed as a browser would; those that lead nowhere are found."""

from __future__ import annotations

import pytest

from sphinx_docent.deploy.link_check import Surroundings, broken_links
from sphinx_docent.deploy.page_links import Page

PATHS = frozenset(
    {
        "index.html",
        "docs/index.html",
        "docs/page.html",
        "docs/folder/index.html",
        "docs/folder/näme 1.html",
        "docs/_images/a.png",
        "docs/_notebooks/page.ipynb",
        "docs/v1/index.html",
    }
)


AROUND = Surroundings(
    PATHS,
    base="/project/",
    root_url="https://owner.example/project/",
    repository="owner/site",
    branch="main",
    folder="docs",
)


COLAB = "https://colab.research.google.com/github"


def why(link: str, path: str = "docs/folder/index.html") -> str:
    """Why a link on a page is broken."""
    pages = {
        path: Page((link,), frozenset({"here", "ünder"})),
        "docs/page.html": Page((), frozenset({"there"})),
    }
    found = broken_links(pages, AROUND)
    return found[0].why if found else ""


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#",
        "#here",
        "#top",
        "#%C3%BCnder",
        "#:~:text=words",
        "../page.html",
        "../page.html#there",
        "../page.html?highlight=x#there",
        "../",
        "..",
        "../../",
        "../v1/",
        "../v1/index.html#whatever",
        "./",
        "n%C3%A4me%201.html",
        "../_images/a.png",
        "/project/docs/page.html#there",
        "https://owner.example/project/docs/page.html#there",
        "https://owner.example/other/",
        "https://elsewhere.example/#a",
        "//elsewhere.example/a",
        "mailto:a@b.example",
        "data:image/png;base64,AAAA",
        "javascript:void(0)",
        f"{COLAB}/owner/site/blob/main/docs/_notebooks/page.ipynb",
        f"{COLAB}/others/repository/blob/main/any.ipynb",
    ],
)
def test_good_links_pass(link: str) -> None:
    assert why(link) == ""


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("#lost", "docs/folder/index.html has no anchor 'lost'"),
        ("../page.html#lost", "docs/page.html has no anchor 'lost'"),
        ("../Page.html", "there is no docs/Page.html"),
        ("../v2/", "there is no docs/v2/index.html"),
        ("../_images/", "there is no docs/_images/index.html"),
        ("/docs/page.html", "it leads out of the branch"),
        ("../../../project/docs/page.html", "it leads out of the branch"),
        ("https://owner.example/project/docs/lost.html", "there is no docs/lost.html"),
        ("http://[bad", "this is no address"),
        (f"{COLAB}/owner/site/blob/main/docs/_notebooks/lost.ipynb", "there is no docs/_notebooks"),
        (f"{COLAB}/owner/site/blob/other/docs/_notebooks/page.ipynb", "the branch main"),
        (f"{COLAB}/owner/site/blob/main/docs2/page.ipynb", "it leads out of docs"),
    ],
)
def test_broken_links_are_found(link: str, reason: str) -> None:
    assert reason in why(link)


def test_templates_among_static_files_are_no_pages() -> None:
    template = Page(("{{ pathto('x') }}",))
    assert broken_links({"docs/_static/macros.html": template}, AROUND) == []
    assert broken_links({"docs/macros.html": template}, AROUND) != []
