"""Scrapers that look for pictures in the tutorial's folder, as plotly's does."""

from __future__ import annotations

from tests.helpers.sites import ALL, Site

# What plotly's scraper does: it takes every picture that lies beside the tutorial.
SCRAPER = """
import glob
import os
import shutil

from sphinx_gallery.scrapers import figure_rst


def folder_scraper(block, block_vars, gallery_conf):
    folder = os.path.dirname(block_vars["src_file"])
    names = []
    for picture in sorted(glob.glob(os.path.join(folder, "*.png"))):
        names.append(next(block_vars["image_path_iterator"]))
        shutil.move(picture, names[-1])
    return figure_rst(names, gallery_conf["src_dir"])


sphinx_gallery_conf["image_scrapers"] = (folder_scraper,)
suppress_warnings = ["config.cache"]
"""
DRAWS = """
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
with open("picture.png", "wb") as file:
    file.write(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header))
    file.write(chunk(b"IDAT", zlib.compress(b"\\0\\0")) + chunk(b"IEND", b""))
"""


def test_a_new_tutorial_executes_no_other_in_its_folder(site: Site) -> None:
    site.configure(SCRAPER)
    for name in ("one", "two", "three"):
        site.tutorial(name, DRAWS)
    first = site.build("-W", "-D", "docent_jobs=3", *ALL)
    assert (first.code, first.runs) == (0, ["one", "three", "two"]), first.output
    for name in first.runs:
        assert f"_images/sphx_glr_{name}_001.png" in first.html(f"gallery/{name}")
    assert site.build(*ALL).runs == []
    site.tutorial("new")
    assert site.build(*ALL).runs == ["new"]


def test_what_the_tutorial_itself_lists_still_counts(site: Site) -> None:
    site.configure(SCRAPER)
    site.tutorial("lists", "import glob\n\nprint(glob.glob('*.py'))")
    site.tutorial("other")
    assert site.build(*ALL).runs == ["lists", "other"]
    site.tutorial("new")
    assert site.build(*ALL).runs == ["lists", "new"]
