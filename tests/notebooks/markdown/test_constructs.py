"""reST becomes Markdown that says the same: every case is read and resolved by a real Sphinx."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from tests.helpers.markdown_cases import CASES, markdown

CONF = """\
extensions = ["sphinx_design", "sphinx_gallery.load_style", "sphinx.ext.mathjax"]
smartquotes = False
"""


pytestmark = pytest.mark.filterwarnings("ignore:'tags' will become a required keyword argument")
Resolve = Callable[[str], nodes.document]
PAGES = {name: rest for name, (rest, _) in CASES.items()} | {
    "sections": "a\n\nOne #\n-----\n\nTwo\n~~~\n\nb",
    "everything": "\n\n".join(rest for rest, _ in CASES.values() if "[1]" not in rest),
}


@pytest.fixture(scope="module")
def resolve(tmp_path_factory: pytest.TempPathFactory) -> Resolve:
    """A page of a site that has one for every case, resolved for HTML."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.rst").write_text("Front\n=====\n", encoding="utf-8")
    (folder / "pixel.png").write_bytes(b"\x89PNG\r\n")
    names = {name: f"page{number}" for number, name in enumerate(PAGES)}
    for name, text in PAGES.items():
        file = folder / f"{names[name]}.rst"
        file.write_text(f":orphan:\n\nPage\n====\n\n{text}\n", encoding="utf-8")
    out = folder / "_build"
    app = Sphinx(folder, folder, out, out / "doctrees", "html", status=None, warning=None)
    app.builder.read()
    return lambda name: app.env.get_and_resolve_doctree(names[name], app.builder)


def body_section(document: nodes.document) -> nodes.section:
    return next(document.findall(nodes.section))


def body(document: nodes.document) -> list[nodes.Node]:
    """What the page holds below its title."""
    return list(body_section(document).children[1:])


@pytest.mark.parametrize("name", CASES)
def test_rest_becomes_markdown(name: str, resolve: Resolve) -> None:
    assert markdown(body(resolve(name))) == CASES[name][1]


def test_titles_are_as_deep_as_their_sections(resolve: Resolve) -> None:
    section = body_section(resolve("sections"))
    expected = "{0} Page\n\na\n\n{0}# One \\#\n\n{0}## Two\n\nb"
    assert markdown(list(section.children)) == expected.format("#")
    assert markdown(list(section.children), level=3) == expected.format("###")
    assert markdown(list(section.children), level=6).count("\n###### ") == 2


def test_a_page_of_everything_is_whole_and_the_same_every_time(resolve: Resolve) -> None:
    first, second = (markdown(body(resolve("everything"))) for _ in range(2))
    assert first == second
    outside_code = re.sub(r"(?ms)^(`{3,}).*?^\1", "code", first)
    assert "\n\n\n" not in outside_code
    assert not first.endswith("\n")
    assert not re.search(r"^\.\. |:\w+:`", outside_code, re.MULTILINE)
