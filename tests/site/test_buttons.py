"""The row of buttons on each tutorial's page, and what each leads to."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from tests.helpers.sites import NONE, Site

from sphinx_docent.model import Tutorial
from sphinx_docent.site.buttons import buttons_for


def links(page: str) -> dict[str, str]:
    """The address of every button, by what it says."""
    (row,) = re.findall(r'<div class="docent-buttons".*?</div>', page)
    found = re.findall(r'<a class="docent-\w+" href="([^"]+)"[^>]*>([^<]+)</a>', row)
    return {words: address for address, words in found}


def test_each_leads_where_it_says(site: Site) -> None:
    site.configure(
        """
        docent_colab = {"repository": "owner/site"}
        docent_source = "https://code.example/owner/name/blob/main/{path}"
        sphinx_gallery_conf["binder"] = {
            "org": "owner", "repo": "name", "branch": "main",
            "binderhub_url": "https://hub.example", "dependencies": "requirements.txt",
        }
        """
    )
    site.write("docs/requirements.txt", "")
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.tutorial("sub/one")
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output
    found = links(build.html("gallery/sub/one"))
    assert list(found) == [
        "Open in Colab",
        "Launch Binder",
        "Download notebook",
        "Download script",
        "View source",
    ]
    assert found["Open in Colab"].endswith("/_notebooks/gallery/sub/one.ipynb")
    assert found["Launch Binder"].startswith("https://hub.example/v2/gh/owner/name/main")
    assert found["View source"] == (
        "https://code.example/owner/name/blob/main/docs/tutorials/sub/one.py"
    )
    folder = build.out / "gallery/sub"
    stable = build.out / "_notebooks/gallery/sub/one.ipynb"
    assert (folder / found["Download notebook"]).read_bytes() == stable.read_bytes()
    source = site.docs / "tutorials/sub/one.py"
    assert (folder / found["Download script"]).read_bytes() == source.read_bytes()
    assert "docent-buttons" not in build.html("gallery/index")


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        (
            'html_context = {"github_user": "u", "github_repo": "r", "github_version": "dev"}',
            "https://github.com/u/r/blob/dev/docs/tutorials/one.py",
        ),
        ("html_context = {}", None),
    ],
)
def test_the_source_is_where_the_theme_knows_it(
    site: Site, setting: str, address: str | None
) -> None:
    site.configure(f'docent_colab = {{"repository": "owner/site"}}\n{setting}\n')
    site.tutorial("one")
    assert links(site.build(*NONE).html("gallery/one")).get("View source") == address


def test_jupyterlite_is_offered_where_sphinx_gallery_does() -> None:
    reference = nodes.reference("", "", nodes.image(uri="x.svg"), refuri="../lite/lab/index.html")
    badge = nodes.container("", reference, classes=["lite-badge"])
    page = nodes.container("", badge, classes=["sphx-glr-footer"])
    tutorial = Tutorial.__new__(Tutorial)
    (button,) = buttons_for(tutorial, page, "../", None, "")  # type: ignore[arg-type]
    assert (button.words, button.url) == ("Launch JupyterLite", "../lite/lab/index.html")


def test_a_wrong_address_of_sources_is_an_error(site: Site) -> None:
    site.tutorial("one")
    site.configure('docent_source = "https://code.example/owner/name"\n')
    build = site.build()
    assert build.code == 2
    assert "give an address with {path}" in build.output
