"""The site in a real browser, as its readers meet it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.helpers.browsers import needs_chromium
from tests.helpers.repository import ROOT, SRC
from tests.helpers.servers import serving
from tests.helpers.sites import environment

QUICK_START = "gallery/get_started/quick_start.html"

pytestmark = [needs_chromium, pytest.mark.site]

SMALL_CONF = """
import sys
sys.path.insert(0, {src!r})
project = "small"
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "tutorials"]
sphinx_gallery_conf = {{
    "examples_dirs": ["tutorials"], "gallery_dirs": ["gallery"], "filename_pattern": ".py",
}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the project's own site, built without executing."""
    root = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("_build", "gallery", "__pycache__")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=ignored)
    for name in ("src", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    options = ["-q", "-W", "--keep-going", "-b", "html", "-D", "docent_execute=none"]
    command = [sys.executable, "-m", "sphinx", *options, "docs", "docs/_build/html"]
    built = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    serve = [sys.executable, "-m", "sphinx_docent.serve", "--port", "0", "docs/_build/html"]
    with serving(serve, root, environment(PYTHONUNBUFFERED="1")) as server:
        yield server.url


def test_the_front_page_leads_to_a_tutorial(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("main").get_by_role("link", name="Quick start").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quick start")


def test_search_finds_a_tutorial(page: Page, site: str) -> None:
    page.goto(f"{site}/search.html?q=roofline")
    expect(page.locator("#search-results a").first).to_contain_text(re.compile("roofline", re.I))


def test_the_colab_button_is_above_the_fold_and_leads_to_the_notebook(
    page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{site}/{QUICK_START}")
    button = page.get_by_role("link", name=re.compile("Open in Colab"))
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 720
    address = button.get_attribute("href") or ""
    start, _, notebook = address.partition("/blob/main/docs/")
    assert start.startswith("https://colab.research.google.com/github/")
    with urllib.request.urlopen(f"{site}/{notebook}") as response:
        nbformat.validate(json.load(response))


CONTRASTS = """() => {
    const light = colour => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    return [...document.querySelectorAll(".docent-buttons a")].map(button => {
        const style = getComputedStyle(button);
        const [one, other] = [light(style.color), light(style.backgroundColor)];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_buttons_can_be_read(page: Page, site: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/{QUICK_START}")
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) == 4
    assert min(contrasts) >= 4.5


def test_the_buttons_are_one_row_of_links_for_the_keyboard(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{site}/{QUICK_START}")
    row = page.get_by_role("group", name="Open or download this tutorial")
    links = row.get_by_role("link")
    boxes = [link.bounding_box() for link in links.all()]
    assert len({box["y"] for box in boxes if box}) == 1
    links.first.focus()
    for words in ("Download notebook", "Download script", "View source"):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_text(words)
        expect(focused).to_have_accessible_name(re.compile(f"^{words}.*Quick start"))
        expect(focused).to_have_css("outline-style", "solid")
    page.set_viewport_size({"width": 390, "height": 844})
    for box in [link.bounding_box() for link in links.all()]:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 24


def test_the_downloads_are_the_notebook_and_the_script(page: Page, site: str) -> None:
    page.goto(f"{site}/{QUICK_START}")
    for words, file in (("notebook", "quick_start.ipynb"), ("script", "quick_start.py")):
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(f"^Download {words}")).click()
        assert download.value.suggested_filename == file


def test_the_magic_line_is_in_the_notebook_and_not_on_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/{QUICK_START}")
    expect(page.get_by_role("main")).to_contain_text("pip install apache-tvm")
    expect(page.get_by_role("main")).not_to_contain_text("%%shell")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download Jupyter notebook")).click()
    notebook = nbformat.read(download.value.path(), as_version=4)
    nbformat.validate(notebook)
    first_lines = [cell.source.partition("\n")[0] for cell in notebook.cells]
    assert "%%shell" in first_lines
    assert next(c for c in notebook.cells if c.source.startswith("%%shell")).cell_type == "code"


@pytest.mark.parametrize("path", ["", QUICK_START, "reference/configuration.html"])
def test_a_phone_does_not_scroll_sideways(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_mode_is_dark(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/{QUICK_START}")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(number) for number in re.findall(r"\d+", background)[:3]]
    assert max(channels) < 80, background


def test_nothing_is_loaded_from_elsewhere(page: Page, site: str) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((site, "data:", "blob:")) else elsewhere.append(asked.url)
        ),
    )
    for path in ("", QUICK_START, "gallery/how_to/roofline.html", "search.html"):
        page.goto(f"{site}/{path}")
        page.wait_for_load_state("networkidle")
    assert elsewhere == []


def test_previous_and_next_lead_through_the_tutorials(page: Page, site: str) -> None:
    page.goto(f"{site}/{QUICK_START}")
    page.locator("a.right-next").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Quick start")


def test_a_wrong_address_shows_the_sites_own_404_page(browser: Browser, site: str) -> None:
    page = browser.new_page()
    response = page.goto(f"{site}/gallery/nowhere/nothing.html")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # Styles are found from any depth.
    assert page.evaluate("[...document.styleSheets].length") > 0
    page.close()


def test_live_serving_reloads_the_page_after_an_edit(browser: Browser, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "tutorials").mkdir(parents=True)
    conf = SMALL_CONF.format(src=str(SRC))
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    (docs / "index.rst").write_text("Small\n=====\n\nBefore.\n", encoding="utf-8")
    (docs / "tutorials" / "GALLERY_HEADER.rst").write_text("All\n===\n", encoding="utf-8")
    tutorial = docs / "tutorials" / "one.py"
    tutorial.write_text('"""\nOne\n===\n\nOld words.\n"""\nprint(1 + 1)\n', encoding="utf-8")
    command = [sys.executable, "-m", "sphinx_autobuild", "--port", "0"]
    for generated in ("docs/_build", "docs/gallery", "docs/sg_execution_times.rst"):
        command += ["--ignore", generated]
    command += ["-D", "docent_execute=none", "docs", "docs/_build/live"]
    with serving(command, tmp_path, environment(PYTHONUNBUFFERED="1")) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/gallery/one.html")
        expect(page.get_by_role("main")).to_contain_text("Old words.", timeout=20_000)
        text = tutorial.read_text(encoding="utf-8")
        tutorial.write_text(text.replace("Old words", "New words"), encoding="utf-8")
        expect(page.get_by_role("main")).to_contain_text("New words.", timeout=30_000)
        page.close()
