"""A site whose results all come from the cache is, byte for byte, the one that was executed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.comparing import contents, differences
from tests.helpers.sites import Build, Site

CONF = """
    import sys
    sys.path.insert(0, {lib!r})
    exclude_patterns = ["_build", "tutorials", "gen_modules"]
    autosummary_generate = False
    html_last_updated_fmt = None
    docent_execute = "all"
    sphinx_gallery_conf = {{
        "examples_dirs": ["tutorials"],
        "gallery_dirs": ["gallery"],
        "filename_pattern": r"\\.py$",
        "image_srcset": ["2x"],
        "matplotlib_animations": True,
        "backreferences_dir": "gen_modules/backreferences",
        "doc_module": ("ourlib",),
        "reference_url": {{"ourlib": None}},
        "min_reported_time": 0,
        "capture_repr": ("_repr_html_", "__repr__"),
    }}
    """

ANIMATION = """\
    import matplotlib.pyplot as plt
    from matplotlib.animation import FuncAnimation
    figure, axes = plt.subplots(figsize=(1, 1))
    (line,) = axes.plot([1, 2])
    animation = FuncAnimation(figure, lambda i: line.set_ydata([i, 2]), frames=2)
    """


def fill(site: Site) -> None:
    """Thumbnails, several images, an animation, sub-galleries, backreferences, a mini-gallery."""
    site.write("lib/ourlib.py", '"""Ours."""\n\n\ndef work():\n    """Work."""\n    return 1\n')
    site.configure(CONF.format(lib=str(site.root / "lib")))
    site.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Below\n=====\n\nBelow.\n")
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"
    site.tutorial("plots", plot + '\n# %%\n# Again.\n\nplt.figure()\nplt.plot([2, 1], label="x")')
    site.tutorial("sub/calls", "from ourlib import work\nwork()")
    site.tutorial("sub/second", plot, comments="# sphinx_gallery_thumbnail_number = 1")
    site.tutorial("animated", ANIMATION)
    site.tutorial("warns", 'import warnings\nwarnings.warn("careful")')
    site.tutorial("spaces and ünï", "7 * 6")
    site.write(
        "docs/api.rst",
        """\
        API
        ===

        .. py:module:: ourlib

        .. py:function:: work()

        .. minigallery:: ourlib.work
        """,
    )
    site.replace("docs/index.rst", "gallery/index", "gallery/index\n   api")


Sites = dict[str, tuple[Build, dict[str, bytes]]]

# What Sphinx itself keeps, and the report that says when the build was.
OURS = (".doctrees", ".buildinfo")


@pytest.fixture(scope="module")
def sites(make_site: Callable[[], Site]) -> Sites:
    """The site executed, restored in the same place, restored in a clone, and after others."""
    site = make_site()
    fill(site)
    found: Sites = {}

    def build(name: str, **options: Any) -> None:
        done = site.build(**options)
        assert done.code == 0, done.output
        found[name] = (done, contents(done.out, *OURS))

    def fresh(keep: Path) -> None:
        cache = site.state / "cache"
        shutil.move(cache, keep)
        for name in ("_build", "gallery", "gen_modules"):
            shutil.rmtree(site.docs / name)
        (site.docs / "sg_execution_times.rst").unlink()
        cache.parent.mkdir(parents=True)
        shutil.move(keep, cache)

    build("executed")
    fresh(site.root / "cache")
    build("restored")
    build("again")
    site.precheck()
    build("after a precheck")
    site.build("-D", r"docent_execute=plots\.py")
    build("after a pattern")
    clone = Site(site.root.parent / "clone")
    shutil.rmtree(clone.root)
    fresh(site.root / "cache")
    shutil.copytree(site.root, clone.root)
    clone.replace("docs/conf.py", str(site.root / "lib"), str(clone.root / "lib"))
    site = clone
    build("in a clone")
    return found


KINDS = ("restored", "again", "after a precheck", "after a pattern", "in a clone")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_executed(sites: Sites, kind: str) -> None:
    assert sites[kind][0].runs == []
    assert set(sites[kind][0].actions.values()) == {"restore"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_the_same(sites: Sites, kind: str) -> None:
    # Where pages were not read again, Sphinx leaves their index entries out of the search index,
    # whose digest is in the certificate.
    incremental = kind in ("again", "after a precheck", "after a pattern")
    left_out = {"searchindex.js", "docent.json"} if incremental else set()
    if incremental and find_spec("sphinx_gallery._doctree_links") is None:
        # sphinx-gallery before 0.22 adds its links to pages that were not written again, too.
        left_out.add("gallery/sub/calls.html")
    found = differences(sites["executed"][1], sites[kind][1])
    assert [name for name in found if name not in left_out] == []


def test_everything_was_there(sites: Sites) -> None:
    files = sites["executed"][1]
    names = " ".join(files)
    for words in ("plots_002.png", "plots_001_2_00x.png", "second_thumb.png", "calls.ipynb"):
        assert words in names, words
    assert b"sphx-glr-thumbcontainer" in files["api.html"]
    assert "animation" in files["gallery/animated.html"].decode()
    assert "spaces and ünï" in files["sg_execution_times.html"].decode()


@pytest.mark.parametrize("kind", KINDS)
def test_warnings_are_the_same(sites: Sites, kind: str) -> None:
    def warnings(done: Build) -> list[tuple[str, str]]:
        place = str(done.out.parents[2])
        return [(category, text.replace(place, "")) for _, _, category, text in done.found]

    assert warnings(sites[kind][0]) == warnings(sites["executed"][0])
