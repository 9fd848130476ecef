"""Every notebook is executed as Colab would, in an environment of its own, once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import nbformat
import pytest
from tests.helpers.notebook_builds import SHELL, build_notebooks, entries
from tests.helpers.sites import Build, Site

TINY = 'docent_install = {"one": "docent-tiny==1", "two": ["docent-tiny==2"]}\n'


@pytest.fixture(scope="module")
def good(make_site: Callable[[], Site]) -> tuple[Site, Build, Build]:
    """Notebooks that run, built twice."""
    site = make_site()
    site.configure(TINY + 'docent_requirements = {"one": True, "two": True, "never": False}\n')
    for name, version in (("one", 1), ("two", 2)):
        code = f"import docent_tiny\n\nassert docent_tiny.VERSION == {version}"
        site.tutorial(name, code, comments=f'# sphinx_gallery_requires = ["{name}"]')
    site.tutorial("empty", 'assert os.listdir(".") == []\nopen("left", "w").close()')
    site.tutorial("magic", text=SHELL.replace("exit 3", "true"))
    site.tutorial("skipped", "1 / 0", comments='# sphinx_gallery_requires = ["never", "cuda"]')
    site.tutorial("expected", "1 / 0")
    site.configure('sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/expected.py"]\n')
    return site, build_notebooks(site), build_notebooks(site)


def test_each_runs_in_an_environment_and_a_folder_of_its_own(
    good: tuple[Site, Build, Build],
) -> None:
    _, first, _ = good
    assert first.code == 0, first.output
    assert first.runs == ["empty", "expected", "magic", "one", "two"]
    for name in ("empty", "magic", "one", "two"):
        assert re.search(rf"/docs/tutorials/{name}\.py executed in \d", first.output)


def test_what_is_missing_is_a_reason_to_skip(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert "/docs/tutorials/skipped.py skipped: needs `cuda`, `never`" in first.output
    assert entries(site)["skipped"]["action"] == "skip"


def test_what_is_known_to_run_is_not_executed_again(good: tuple[Site, Build, Build]) -> None:
    site, first, second = good
    assert second.code == 0, second.output
    assert second.runs == []
    assert "notebooks: 5 known to run, 1 skipped" in second.output
    assert "notebooks: 5 passed, 1 skipped" in first.output
    entry = entries(site)["one"]
    assert (entry["action"], entry["reason"], entry["status"]) == (
        "restore",
        "unchanged",
        "passed",
    )
    assert entry["seconds"] > 0
    assert entry["peak_memory"] > 10_000_000


def test_the_site_is_left_alone(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert not list(first.out.glob("*.html"))
    assert not (site.docs / "gallery" / "left").exists()
    assert not (site.state / "report.json").exists()


def test_notebooks_are_valid_and_the_same_as_the_sites(good: tuple[Site, Build, Build]) -> None:
    site, first, _ = good
    assert site.build("-D", "docent_execute=none").code == 0
    kept = "docent-notebooks/gallery"
    names = {path.name for path in (first.out / ".doctrees" / kept).glob("*.ipynb")}
    assert names == {"one.ipynb", "two.ipynb", "empty.ipynb", "magic.ipynb"} | {
        "expected.ipynb",
        "skipped.ipynb",
    }
    for name in names:
        proven = (first.out / ".doctrees" / kept / name).read_bytes()
        (published,) = (site.docs / "_build" / "html" / "_downloads").glob(f"*/{name}")
        assert published.read_bytes() == proven
        nbformat.validate(nbformat.reads(proven.decode(), as_version=4))


def test_failures_are_executed_again_and_mended_ones_pass(site: Site) -> None:
    site.tutorial("mended", "1 / 0")
    site.tutorial("other")
    assert build_notebooks(site).code == 1
    again = build_notebooks(site)
    assert (again.code, again.runs) == (1, ["mended"])
    site.tutorial("mended")
    done = build_notebooks(site)
    assert (done.code, done.runs) == (0, ["mended"])
    assert not list((site.docs / "_build" / "notebooks").glob("*.html"))


def test_a_pattern_chooses_and_a_wrong_one_is_refused(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two")
    done = build_notebooks(site, "-D", "docent_execute=two")
    assert (done.code, done.runs) == (0, ["two"])
    assert "notebooks: 1 not selected, 1 passed" in done.output
    wrong = build_notebooks(site, "-D", r"docent_execute=tow\.py")
    assert wrong.code == 2
    assert r"the pattern 'tow\\.py' matches none of the 2 tutorials" in wrong.output
    assert wrong.runs == []


def test_without_the_packages_the_error_says_which_extra(site: Site) -> None:
    site.tutorial("one")
    site.configure('import sys\nsys.modules["nbclient"] = None\n')
    done = build_notebooks(site)
    assert done.code == 2
    assert "nbclient must be installed" in done.output
    assert "'sphinx-docent[notebooks]'" in done.output
    assert site.build().code == 0


def test_a_damaged_result_is_none(site: Site) -> None:
    site.tutorial("one")
    assert build_notebooks(site).runs == ["one"]
    kept = {path: path.read_text("utf-8") for path in (site.state / "cache").rglob("??/*.json")}
    ((file, text),) = ((path, text) for path, text in kept.items() if "peak_memory" in text)
    for damaged in ("", text.replace("0", "1")):
        file.write_text(damaged, "utf-8")
        assert build_notebooks(site).runs == ["one"]
    file.unlink()
    file.symlink_to(site.root / "elsewhere")
    assert build_notebooks(site).runs == ["one"]


def test_what_failed_for_an_outer_reason_is_forgotten_when_it_passes(site: Site) -> None:
    site.configure('docent_install = {"*": "docent-tiny"}\n')
    site.tutorial("one")
    nowhere = build_notebooks(site, PIP_FIND_LINKS=str(site.root / "nowhere"))
    assert "one.py:1: ERROR: the notebook failed: the install cell failed" in nowhere.output
    done = build_notebooks(site)
    assert done.code == 0, done.output
    assert "ERROR" not in done.output
    assert json.loads((site.state / "notebooks.json").read_bytes())["diagnostics"] == []
