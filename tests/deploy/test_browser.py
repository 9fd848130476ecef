"""A branch as it is published, in a real browser: several versions beside each other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.helpers.browsers import needs_chromium
from tests.helpers.deploying import Remote, deployed
from tests.helpers.servers import serving
from tests.helpers.sites import Site, environment

pytestmark = [needs_chromium, pytest.mark.site]

CONF = """
import os
folder = "docs" + (f"/{os.environ['DOCS_VERSION']}" if "DOCS_VERSION" in os.environ else "")
extensions += ["notfound.extension"]
html_theme = "sphinx_book_theme"
html_baseurl = f"https://owner.example/project/{folder}/"
docent_colab = {"repository": "owner/site", "branch": "pages", "path": folder}
docent_redirects = {"old/name": "guide#below"}
html_sidebars = {"**": ["docent-versions.html", "sbt-sidebar-nav.html"]}
notfound_urls_prefix = "/"
html_context = {"default_mode": "auto"}
html_favicon = "icon.svg"
"""


@pytest.fixture(scope="module")
def branch(
    make_site: Callable[[], Site], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address at which a branch with three versions is served, as a project's pages are."""
    site = make_site()
    site.configure(CONF)
    site.tutorial("one")
    site.write("docs/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.write("docs/guide.rst", "Guide\n=====\n\n.. _below:\n\nBelow\n-----\n\nWords.\n")
    site.replace("docs/index.rst", "gallery/index", "gallery/index\n   guide")
    remote = Remote(tmp_path_factory.mktemp("remote") / "site.git")
    full = ("-W", "-D", "docent_execute=all")
    for version in ("v1.1", "v1.2"):
        build = site.build(*full, env={"DOCS_VERSION": version})
        assert build.code == 0, build.output
        alias = ("--alias", "latest") if version == "v1.2" else ()
        deployed(build.out, remote, "--version", version, *alias)
    site.write("docs/fresh.rst", "Fresh\n=====\n\nOnly in development.\n")
    site.replace("docs/index.rst", "   guide", "   guide\n   fresh")
    deployed(site.build(*full).out, remote)
    root = tmp_path_factory.mktemp("served")
    archive = subprocess.run(
        ["git", "-C", str(remote.folder), "archive", "pages"], capture_output=True, check=True
    )
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(root / "project")
    shutil.copyfile(root / "project" / "404.html", root / "404.html")
    (root / "index.html").touch()
    serve = [sys.executable, "-m", "sphinx_docent.serve", "--port", "0", "."]
    with serving(serve, root, environment(PYTHONUNBUFFERED="1")) as server:
        yield f"{server.url}/project"


def test_the_root_leads_to_development(page: Page, branch: str) -> None:
    page.goto(f"{branch}/")
    expect(page).to_have_url(f"{branch}/docs/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Site")


def test_the_switcher_leads_to_the_same_page_of_another_version(page: Page, branch: str) -> None:
    page.goto(f"{branch}/docs/gallery/one.html#examples")
    switcher = page.locator(".docent-versions").first
    switcher.get_by_text("Version: dev").click()
    links = switcher.get_by_role("link")
    assert links.all_inner_texts() == ["dev", "v1.2 (latest)", "v1.1"]
    assert links.nth(0).get_attribute("aria-current") == "true"
    links.nth(2).click()
    expect(page).to_have_url(f"{branch}/docs/v1.1/gallery/one.html#examples")
    expect(page.locator(".docent-versions summary").first).to_have_text("Version: v1.1")


def test_the_switcher_works_with_the_keyboard_alone(page: Page, branch: str) -> None:
    page.goto(f"{branch}/docs/latest/guide.html")
    summary = page.locator(".docent-versions summary").first
    summary.focus()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    link = page.locator(".docent-versions a").first
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{branch}/docs/guide.html")


def test_a_page_that_another_version_lacks_leads_to_its_front_page(page: Page, branch: str) -> None:
    page.goto(f"{branch}/docs/fresh.html")
    page.locator(".docent-versions summary").first.click()
    page.locator(".docent-versions a", has_text="v1.2").first.click()
    expect(page).to_have_url(f"{branch}/docs/v1.2/")


def test_latest_is_the_latest_release(page: Page, branch: str) -> None:
    page.goto(f"{branch}/docs/latest/guide.html")
    expect(page.locator(".docent-versions summary").first).to_have_text("Version: v1.2")


@pytest.mark.parametrize("version", ["", "v1.1/"])
def test_the_colab_button_names_a_file_of_the_branch(page: Page, branch: str, version: str) -> None:
    page.goto(f"{branch}/docs/{version}gallery/one.html")
    address = page.get_by_role("link", name=re.compile("Colab")).first.get_attribute("href") or ""
    start, _, notebook = address.partition("/blob/pages/")
    assert start == "https://colab.research.google.com/github/owner/site"
    assert notebook.startswith(f"docs/{version}_notebooks/")
    with urllib.request.urlopen(f"{branch}/{notebook}") as response:
        assert response.status == 200


def test_an_old_address_leads_on(page: Page, branch: str) -> None:
    page.goto(f"{branch}/docs/old/name.html")
    expect(page).to_have_url(f"{branch}/docs/guide.html#below")
    page.goto(f"{branch}/docs/v1.1/old/name.html?x=1#guide")
    expect(page).to_have_url(f"{branch}/docs/v1.1/guide.html?x=1#guide")


def test_a_missing_page_finds_its_way_home(browser: Browser, branch: str) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    response = page.goto(f"{branch}/docs/v7/a/b.html")
    assert response is not None
    assert response.status == 404
    page.wait_for_load_state("networkidle")
    assert failed == [f"{branch}/docs/v7/a/b.html"]
    page.locator(".docent-versions summary").first.click()
    page.locator(".docent-versions a", has_text="v1.2").first.click()
    expect(page).to_have_url(f"{branch}/docs/v1.2/")
    page.close()


def test_nothing_that_a_page_loads_is_missing(page: Page, branch: str) -> None:
    failed: list[str] = []
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    for path in ("", "docs/gallery/one.html", "docs/v1.2/search.html", "docs/latest/"):
        page.goto(f"{branch}/{path}")
        page.wait_for_load_state("networkidle")
    assert failed == []
