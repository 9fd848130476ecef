"""sphinx-gallery's own settings and comments mean what they mean without this extension."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from tests.helpers.comparing import code_of, contents, differences, unzipped
from tests.helpers.sites import ALL, Build, Site

BOOM = 'print("before")\nraise ValueError("boom")'
EXPECTED = 'sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/fails.py"]\n'
SETTINGS = """
    import os
    import matplotlib

    def scraper(block, block_vars, gallery_conf):
        if not block_vars["example_globals"].get("draw"):
            return ""
        path = next(block_vars["image_path_iterator"])
        matplotlib.use("agg")
        from matplotlib.figure import Figure
        Figure(figsize=(1, 1)).savefig(path)
        from sphinx_gallery.scrapers import figure_rst
        return figure_rst([path], gallery_conf["src_dir"])

    def reset(gallery_conf, fname):
        os.environ["RESET"] = os.path.basename(fname)

    html_last_updated_fmt = None
    sphinx_gallery_conf.update(
        image_scrapers=("matplotlib", scraper),
        reset_modules=("matplotlib", reset),
        reset_modules_order="both",
        image_srcset=["2x"],
        capture_repr=("_repr_html_",),
        ignore_pattern="ignored",
        show_memory=False,
        remove_config_comments=True,
        min_reported_time=1000,
        download_all_examples=True,
        line_numbers=True,
        first_notebook_cell="# first",
        junit="junit/results.xml",
        log_level={"backreference_missing": "warning"},
    )
    """


PLOT = "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, {}])"


def fill(site: Site) -> None:
    """A tutorial for each setting and comment."""
    site.with_matplotlib()
    site.configure(SETTINGS)
    site.tutorial("scraped", "draw = True")
    site.tutorial("reset", 'print("reset for", os.environ.get("RESET"))')
    site.tutorial("ignored")
    site.tutorial(
        "thumb",
        PLOT.format(1) + "\n\n# %%\n# Second.\n\n" + PLOT.format(2),
        comments="# sphinx_gallery_thumbnail_number = 2",
    )
    site.tutorial(
        "deferred",
        PLOT.format(3) + "\n# sphinx_gallery_defer_figures\n\n# %%\n# Later.\n\nplt.plot([3, 1])",
    )
    site.tutorial("numbered", "4 * 4", comments="# sphinx_gallery_line_numbers = False")
    site.tutorial(
        "shown",
        "5 * 5",
        comments='# sphinx_gallery_capture_repr = ("__repr__",)',
    )
    site.tutorial(
        "html", 'class Shown:\n    def _repr_html_(self):\n        return "<b>bold</b>"\n\nShown()'
    )
    site.tutorial("text", comments="# sphinx_gallery_dummy_images = 1")
    site.tutorial("hidden", "# sphinx_gallery_start_ignore\nx = 1\n# sphinx_gallery_end_ignore")
    site.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Below\n=====\n\nBelow.\n")
    site.tutorial("sub/tagged", 'print(__name__, __import__("sys").argv[1:])')


def plain(site: Site) -> None:
    """Take our extension out."""
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")


def without_places(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without what holds the time that examples took, in any build; of notebooks the code."""
    return {
        name: re.sub(rb"\d+\.\d{3}|00:\d\d\.\d+", b"", _compared(name, data))
        for name, data in unzipped(files).items()
        if "sg_execution_times" not in name and name not in ("searchindex.js", "junit/results.xml")
    }


def _compared(name: str, data: bytes) -> bytes:
    return "\n".join(code_of(data)).encode() if name.endswith(".ipynb") else data


@pytest.fixture(scope="module")
def both(make_site: Callable[[], Site]) -> tuple[Build, Build]:
    """The same site with and without the extension."""
    site = make_site()
    fill(site)
    ours = site.build(*ALL, out="ours")
    other = make_site()
    fill(other)
    plain(other)
    return ours, other.build(out="ours")


def test_the_site_is_the_same_as_without(both: tuple[Build, Build]) -> None:
    ours, theirs = both
    assert (ours.code, theirs.code) == (0, 0), (ours.output, theirs.output)
    assert ours.runs == theirs.runs
    kept = (".doctrees", ".buildinfo", "docent.json")
    one, other = (without_places(contents(done.out, *kept)) for done in both)
    # The position of `_downloads` is a digest of the source directory.
    assert differences(one, other) == []


def test_junit_names_all_examples(both: tuple[Build, Build]) -> None:
    def cases(done: Build) -> list[tuple[str | None, ...]]:
        suite = ET.parse(done.out / "junit" / "results.xml").getroot()
        return sorted(
            (case.get("classname"), case.get("name"), *(child.tag for child in case))
            for case in suite.iter("testcase")
        )

    assert cases(both[0]) == cases(both[1]) != []


def test_an_expected_failure_is_none(site: Site) -> None:
    site.configure(EXPECTED)
    site.tutorial("fails", BOOM)
    done = site.build(*ALL)
    assert done.code == 0, done.output
    assert "boom" in done.text("gallery/fails")
    assert done.report["totals"]["failed"] == 0


def test_an_expected_failure_that_passes_is_one(site: Site) -> None:
    site.configure(EXPECTED)
    site.tutorial("fails")
    done = site.build(*ALL)
    assert done.code == 1
    assert "passed, although expected" in done.tutorial("fails")["failure"]["message"]


def test_only_warn(site: Site) -> None:
    site.configure('sphinx_gallery_conf["only_warn_on_example_error"] = True')
    site.tutorial("fails", BOOM)
    site.tutorial("passes")
    done = site.build(*ALL)
    assert done.code == 0, done.output
    assert "WARNING: the tutorial failed: ValueError: boom" in done.output
    assert "boom" in done.text("gallery/fails")


@pytest.mark.parametrize("jobs", [1, 3])
def test_abort(site: Site, jobs: int) -> None:
    site.configure(f'sphinx_gallery_conf["abort_on_example_error"] = True\ndocent_jobs = {jobs}\n')
    site.tutorial("a_passes")
    site.tutorial("b_fails", BOOM)
    for number in range(8):
        site.tutorial(f"c{number}", "import time\ntime.sleep(0.5)")
    done = site.build(*ALL)
    assert done.code != 0, done.output
    assert len(done.runs) < 10
    assert "ValueError: boom" in done.output
    assert "KeyError" not in done.output
    site.tutorial("b_fails")
    mended = site.build(*ALL)
    assert mended.code == 0, mended.output
    if jobs == 1:
        assert "a_passes" not in mended.runs


def test_parallel(site: Site) -> None:
    pytest.importorskip("joblib")
    site.configure('sphinx_gallery_conf["parallel"] = 2')
    for number in range(3):
        site.tutorial(f"t{number}")
    done = site.build(*ALL)
    assert done.code == 0, done.output
    assert done.runs == ["t0", "t1", "t2"]
    assert site.build(*ALL).runs == []


def test_show_memory(site: Site) -> None:
    pytest.importorskip("memory_profiler")
    site.configure("sphinx_gallery_conf.update(show_memory=True, min_reported_time=0)")
    site.tutorial("large", "data = bytearray(150_000_000)")
    done = site.build(*ALL)
    assert done.code == 0, done.output
    (used,) = re.findall(r"Estimated memory usage:\s+(\d+) MB", done.text("gallery/large"))
    assert int(used) >= 140


def test_plot_gallery_false(site: Site) -> None:
    site.configure('sphinx_gallery_conf["plot_gallery"] = False')
    site.tutorial("t")
    done = site.build(*ALL)
    assert (done.code, done.runs) == (0, [])


def test_a_scraper_by_name(site: Site) -> None:
    site.write(
        "lib/scraping.py",
        """\
        def _get_sg_image_scraper():
            return scrape

        def scrape(block, block_vars, gallery_conf):
            return "\\n.. note:: scraped by name\\n"
        """,
    )
    site.configure(
        f"""
        import sys
        sys.path.insert(0, {str(site.root / "lib")!r})
        sphinx_gallery_conf["image_scrapers"] = ("scraping",)
        """
    )
    site.tutorial("t")
    done = site.build(*ALL)
    assert done.code == 0, done.output
    assert "scraped by name" in done.text("gallery/t")
