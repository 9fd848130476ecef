"""Every tutorial's page offers its notebook in Google Colab, where the project says from where."""

from __future__ import annotations

import re

from tests.helpers.sites import NONE, Site


def test_the_button_leads_to_the_notebook_that_the_site_holds(site: Site) -> None:
    site.configure(
        """
        version = "1.2"
        docent_colab = {
            "repository": "owner/site",
            "branch": "asf-site",
            "path": "/docs/v{version}/",
        }
        """
    )
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.tutorial("sub/one")
    site.tutorial("needy", comments='# sphinx_gallery_requires = ["no_such_package"]')
    build = site.build("-W", "-D", "docent_execute=needy")
    assert build.code == 0, build.output
    page = build.html("gallery/sub/one")
    (link,) = re.findall(r'<a class="docent-colab" href="([^"]+)"', page)
    assert link == (
        "https://colab.research.google.com/github/owner/site/blob/asf-site"
        "/docs/v1.2/_notebooks/gallery/sub/one.ipynb"
    )
    assert (build.out / "_notebooks/gallery/sub/one.ipynb").is_file()
    assert page.index("<h1>") < page.index("docent-colab") < page.index("What one is about.")
    assert "docent.css" in page
    assert (build.out / "_static/docent.css").is_file()
    needy = build.html("gallery/needy")
    assert needy.index("docent-colab") < needy.index("docent-skipped")
    for other in ("index", "gallery/index", "gallery/sub/index"):
        assert "docent-colab" not in build.html(other)


def test_without_a_repository_there_is_no_button(site: Site) -> None:
    site.tutorial("one")
    build = site.build("-W", *NONE)
    assert "docent-colab" not in build.html("gallery/one")
    assert "docent.css" not in build.html("gallery/one")
    assert not (build.out / "_notebooks").exists()


def test_the_button_comes_and_goes_with_the_setting(site: Site) -> None:
    site.tutorial("one")
    assert "docent-colab" not in site.build(*NONE).html("gallery/one")
    site.configure('docent_colab = {"repository": "owner/name"}\n')
    page = site.build(*NONE).html("gallery/one")
    assert "github/owner/name/blob/main/_notebooks/gallery/one.ipynb" in page
    site.configure("docent_colab = {}\n")
    assert "docent-colab" not in site.build(*NONE).html("gallery/one")
