"""Old addresses that lead on."""

from __future__ import annotations

import pytest
from tests.helpers.sites import Site


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_an_old_page_leads_to_the_new_one(site: Site, builder: str) -> None:
    site.configure('docent_redirects = {"old/deep/name": "guide#below"}\n')
    site.tutorial("one")
    site.write("docs/guide.rst", ":orphan:\n\nGuide\n=====\n")
    out = site.build("-W", "-D", "docent_execute=none", builder=builder).out
    if builder == "html":
        page, target = out / "old/deep/name.html", "../../guide.html#below"
    else:
        page, target = out / "old/deep/name/index.html", "../../../guide/#below"
    assert f'href="{target}"' in page.read_text(encoding="utf-8")
    assert (page.parent / target.partition("#")[0]).exists()


def test_a_redirect_that_is_of_no_use_is_a_diagnostic(site: Site) -> None:
    site.configure('docent_redirects = {"index": "gallery/one", "old": "nowhere"}\n')
    site.tutorial("one")
    for build in (site.precheck(), site.precheck(), site.build("-D", "docent_execute=none")):
        told = [message for _, _, category, message in build.found if category == "docent.redirect"]
        assert len(told) == 2, build.output
        assert "'index' is a page" in told[0] + told[1]
        assert "'nowhere', which is no page" in told[0] + told[1]
    out = site.docs / "_build" / "html"
    assert "Site" in (out / "index.html").read_text(encoding="utf-8")
    assert not (out / "old.html").exists()


@pytest.mark.parametrize("value", ['{"/old": "index"}', '{"../up": "index"}', '{"old": 1}'])
def test_a_redirect_that_makes_no_sense_ends_the_build(site: Site, value: str) -> None:
    site.configure(f"docent_redirects = {value}\n")
    site.tutorial("one")
    build = site.precheck()
    assert build.code == 2
    assert "docent_redirects" in build.output
