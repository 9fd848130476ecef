"""A gallery that only adds ``sphinx_docent`` to its extensions is the same site as before."""

from __future__ import annotations

import importlib.util

import pytest
from sphinx_gallery import gen_rst
from tests.helpers.sites import Site
from tests.helpers.unchanged_sites import both, published

DRAWS = """
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot([1, 3, 2])
axes.set_title("A line")
plt.show()
"""


SETTINGS = {
    "defaults": "",
    "other languages": 'sphinx_gallery_conf["example_extensions"] = {".py", ".cpp"}\n',
    "flat subsections": 'sphinx_gallery_conf["nested_sections"] = False\n',
    "order": """
from sphinx_gallery.sorting import ExplicitOrder, FileNameSortKey

subsection_order = ExplicitOrder(["tutorials/sub", "tutorials/more"])
sphinx_gallery_conf["subsection_order"] = subsection_order
sphinx_gallery_conf["within_subsection_order"] = FileNameSortKey
""",
    "figures": """
sphinx_gallery_conf["image_srcset"] = ["2x"]
sphinx_gallery_conf["reset_modules"] = ("matplotlib",)
sphinx_gallery_conf["backreferences_dir"] = "backreferences"
sphinx_gallery_conf["doc_module"] = ("json",)
sphinx_gallery_conf["reference_url"] = {"json": None}
sphinx_gallery_conf["inspect_global_variables"] = True
""",
    "books": """
sphinx_gallery_conf["junit"] = "junit.xml"
sphinx_gallery_conf["write_computation_times"] = True
sphinx_gallery_conf["show_memory"] = False
sphinx_gallery_conf["show_signature"] = True
sphinx_gallery_conf["download_all_examples"] = True
sphinx_gallery_conf["first_notebook_cell"] = "%matplotlib inline"
sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/plot_fails.py"]
""",
    "in parallel": 'sphinx_gallery_conf["parallel"] = 2\n',
    "not executed": "plot_gallery = False\n",
    "stale ones too": 'sphinx_gallery_conf["run_stale_examples"] = True\n',
}


def gallery(site: Site, settings: str) -> None:
    site.replace("docs/conf.py", '    "filename_pattern": r"\\.py$",\n', "")
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.configure(settings)
    site.tutorial("plot_one", "import json\n\nprint(json.dumps([1]))")
    site.tutorial("plot_two", DRAWS if "image_srcset" in settings else "", text="Text `x`.")
    site.tutorial("unexecuted")
    site.tutorial("plot_fails", "1 / 0" if "failing" in settings else "")
    for folder in ("sub", "more"):
        site.write(f"docs/tutorials/{folder}/README.txt", f"{folder}\n{'=' * len(folder)}\n")
        site.tutorial(f"{folder}/plot_in_{folder}")
    site.write("docs/tutorials/no_header/notes.txt", "Not a subsection.\n")
    site.append("docs/index.rst", "   page\n")
    site.write("docs/page.rst", "Page\n====\n\n.. minigallery:: json.dumps\n")
    if "example_extensions" in settings:
        site.write(
            "docs/tutorials/other.cpp",
            "// Title of other\n// ==============\n//\n// About it.\n\nint x = 5 % 3;\n",
        )


_TABLES_OF_TIMES = {
    f"{folder}{page}"
    for folder in ("", "gallery/", "gallery/sub/", "gallery/more/")
    for page in ("sg_execution_times.html",)
} | {
    f"_sources/{folder}sg_execution_times.rst.txt"
    for folder in ("", "gallery/", "gallery/sub/", "gallery/more/")
}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_site_is_the_same_with_and_without(site: Site, name: str) -> None:
    if name == "in parallel" and importlib.util.find_spec("joblib") is None:
        pytest.skip("sphinx-gallery executes in parallel with joblib only")
    if name == "figures":
        site.with_matplotlib()
    gallery(site, SETTINGS[name])
    plain, ours = both(site)
    assert plain.code == ours.code == 0, ours.output
    assert ours.runs == plain.runs
    expected, got = published(plain), published(ours)
    for site_files in (expected, got):
        for key in site_files.keys() & _TABLES_OF_TIMES:
            # A table of times is sorted by time.
            site_files[key] = sorted(str(site_files[key]).split())
    again = site.build(out="ours")
    assert again.code == 0, again.output
    assert set(got) == set(expected)
    ignored = {"searchindex.js"}  # its text holds the times as well
    if not hasattr(gen_rst, "_read_cached_backrefs"):
        # An old sphinx-gallery forgets these of every example that it does not generate itself.
        ignored |= {"junit.xml", "page.html"}
    assert [key for key in got if got[key] != expected[key] and key not in ignored] == []
    assert "WARNING" not in ours.output.replace("WARNING", "", plain.output.count("WARNING"))

    if name == "stale ones too":
        assert again.runs == plain.runs
    else:
        assert again.runs == []
    after = published(again)
    times = _TABLES_OF_TIMES | {"junit.xml"}
    changed = [key for key in got if got[key] != after.get(key) and key not in ignored | times]
    assert changed == []
    assert set(after) == set(got)


def test_a_failure_ends_with_the_same_code(site: Site) -> None:
    gallery(site, "")
    site.tutorial("plot_fails", "1 / 0")
    plain, ours = both(site)
    assert plain.code != 0
    assert ours.code != 0
    assert "ZeroDivisionError" in ours.output


def test_a_project_with_its_own_index_keeps_it(site: Site) -> None:
    (site.docs / "tutorials/GALLERY_HEADER.rst").unlink()
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.write("docs/tutorials/index.rst", "It tells sphinx-gallery to write none.\n")
    site.write("docs/index.rst", "Own index\n=========\n\n.. toctree::\n\n   gallery/one\n")
    site.tutorial("one")
    plain, ours = both(site)
    assert plain.code == ours.code == 0, ours.output
    expected, got = published(plain), published(ours)
    different = [key for key in expected if got.get(key) != expected[key]]
    assert different in ([], ["searchindex.js"])
    assert "output of one" in ours.text("gallery/one")
    assert not (site.docs / "gallery/index.rst").exists()
