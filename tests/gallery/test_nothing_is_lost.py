"""What sphinx-gallery can do it does with us as well: the same pages, warnings and exit codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
import sphinx_gallery
from tests.helpers.sites import Build, Site
from tests.helpers.unchanged_sites import both, published

VERSION = tuple(map(int, re.findall(r"\d+", sphinx_gallery.__version__)[:2]))

PLAIN = """
sphinx_gallery_conf["filename_pattern"] = "plot_"
"""


def plain_examples(site: Site) -> None:
    site.configure('sphinx_gallery_conf["example_extensions"] = {".py", ".rst"}\n')
    site.configure('sphinx_gallery_conf["ignore_pattern"] = r"HEADER"\n')
    site.write(
        "docs/tutorials/written.rst",
        "Written by hand\n===============\n\nText.\n\n.. code-block:: python\n\n   1 + 1\n",
    )


def other_languages(site: Site) -> None:
    site.configure(
        'sphinx_gallery_conf["example_extensions"] = {".py", ".m", ".cpp"}\n'
        'sphinx_gallery_conf["filetype_parsers"] = {".m": "Matlab"}\n'
    )
    head = "{0} Title of {1}\n{0} ==============\n{0}\n{0} About it.\n\nx = 5;\n"
    site.write("docs/tutorials/other.m", head.format("%", "other"))
    site.write("docs/tutorials/third.cpp", head.format("//", "third"))


def thumbnails(site: Site) -> None:
    site.configure(
        """
        from PIL import Image


        def webp_scraper(block, block_vars, gallery_conf):
            if "draw" not in block[1]:
                return ""
            name = next(block_vars["image_path_iterator"]).replace(".png", ".webp")
            Image.new("RGB", (30, 20), "red").save(name)
            return ""


        sphinx_gallery_conf["image_scrapers"] = (webp_scraper,)
        Image.new("RGB", (30, 20), "blue").save(__file__.replace("conf.py", "card.png"))
        """
    )
    site.tutorial("plot_named", comments="# sphinx_gallery_thumbnail_path = 'card.png'")
    site.tutorial("plot_draws", "draw = True")
    site.tutorial("named", comments="# sphinx_gallery_thumbnail_path = 'card.png'")


def tags(site: Site) -> None:
    site.tutorial("plot_tagged", comments="# sphinx_gallery_tags = ['first', 'second']")
    site.tutorial("tagged", comments="# sphinx_gallery_tags = ['second']")


def mini_galleries(site: Site) -> None:
    site.configure(
        'sphinx_gallery_conf["backreferences_dir"] = "backreferences"\n'
        'sphinx_gallery_conf["doc_module"] = ("json",)\n'
    )
    site.tutorial("plot_uses", "import json\n\njson.dumps([])")
    site.replace("docs/index.rst", "   gallery/index\n", "   gallery/index\n   mini\n")
    site.write(
        "docs/mini.rst",
        "Mini\n====\n\n.. minigallery:: json.dumps ../tutorials/plot_*.py\n",
    )


def api_usage(site: Site) -> None:
    mini_galleries(site)
    site.configure(
        'extensions.insert(0, "sphinx.ext.autodoc")\n'
        'sphinx_gallery_conf["show_api_usage"] = True\n'
        'extensions.append("sphinx.ext.graphviz")\n'
    )
    site.append("docs/mini.rst", "\n.. autofunction:: json.dumps\n\n.. autofunction:: json.loads\n")


def no_underline(site: Site) -> None:
    site.write("docs/tutorials/helper.py", '"""One line that is no heading."""\n\nx = 1\n')


def nested(site: Site) -> None:
    site.configure('sphinx_gallery_conf["nested_sections"] = True\n')
    for folder in ("sub", "more"):
        site.write(f"docs/tutorials/{folder}/GALLERY_HEADER.rst", f"{folder}\n{'=' * 9}\n")
        site.tutorial(f"{folder}/plot_in_{folder}")


KINDS: dict[str, tuple[Callable[[Site], None], tuple[int, int]]] = {
    "plain examples": (plain_examples, (0, 20)),
    "other languages": (other_languages, (0, 20)),
    "thumbnails": (thumbnails, (0, 20)),
    "tags": (tags, (0, 21)),
    "mini galleries": (mini_galleries, (0, 22)),
    "api usage": (api_usage, (0, 22)),
    "no underline": (no_underline, (0, 20)),
    "nested": (nested, (0, 20)),
}


def warnings_of(build: Build) -> list[str]:
    """What was warned of, without the places, which are better with us."""
    return sorted(found[1] for found in re.findall(r"(WARNING|ERROR|CRITICAL): (.*)", build.output))


@pytest.mark.parametrize("name", KINDS)
def test_it_is_the_same_without_and_with(site: Site, name: str) -> None:
    make, since = KINDS[name]
    if since > VERSION:
        pytest.skip(f"sphinx-gallery {sphinx_gallery.__version__}")
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.configure(PLAIN)
    site.tutorial("plot_one")
    site.tutorial("unexecuted")
    make(site)
    without, ours = both(site)
    assert (ours.code, ours.runs) == (without.code, without.runs), ours.output
    assert warnings_of(ours) == warnings_of(without)
    expected, got = published(without), published(ours)
    assert set(got) == set(expected)
    times = {name for name in expected if "sg_execution_times" in name} | {"searchindex.js"}
    assert [name for name in expected if got[name] != expected[name] and name not in times] == []
    again = site.build(out="ours")
    assert (again.code, again.runs) == (without.code, []), again.output
    assert warnings_of(again) == warnings_of(ours)
    # sphinx-gallery writes the archive of an example that is no script each time, with the time.
    changed = "[01]" if name == "plain examples" else "0"
    assert re.search(f"0 added, {changed} changed, 0 removed", again.output)
    after = published(again)
    assert [name for name in got if after.get(name) != got[name] and name not in times] == []
    if name == "api usage":
        assert "json.loads" in again.text("sg_api_usage")
        site.replace("docs/mini.rst", "\n.. autofunction:: json.loads\n", "")
        assert "json.loads" not in site.build(out="ours").text("sg_api_usage")


def test_sphinx_gallerys_own_junit_has_the_failure(site: Site) -> None:
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.configure('sphinx_gallery_conf["junit"] = "junit.xml"\n')
    site.tutorial("fails", "1 / 0")
    site.tutorial("works")
    without, ours = both(site)
    assert without.code != 0
    assert ours.code == 1
    counts = [
        {key: ElementTree.parse(build.out / "junit.xml").getroot().get(key) for key in KEYS}
        for build in (without, ours)
    ]
    assert counts[0] == counts[1] == {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"}


KEYS = ("tests", "failures", "errors", "skipped")
