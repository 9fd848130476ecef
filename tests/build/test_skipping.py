"""A tutorial that this machine cannot run is shown, with a note that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.sites import ALL

if TYPE_CHECKING:
    from tests.helpers.sites import Site

NOTE = "This tutorial was not executed in this build: needs"


def test_a_skipped_tutorial_is_noted_counted_and_no_failure(site: Site) -> None:
    site.tutorial("plain")
    site.tutorial("torch", comments='# sphinx_gallery_requires = ["no_such_package", "cuda"]')
    site.tutorial("gpu", comments="# sphinx_gallery_requires_cuda = True")
    build = site.build("-W", *ALL, env={"CUDA_VISIBLE_DEVICES": ""})
    assert build.code == 0, build.output
    assert build.runs == ["plain"]
    assert build.report["totals"]["skip"] == 2
    assert build.tutorial("torch")["reason"] == "needs `cuda`, `no_such_package`"
    assert build.tutorial("torch")["status"] == "skipped"
    assert build.tutorial("torch")["requires"] == ["cuda", "no_such_package"]
    assert f"{NOTE} cuda, no_such_package." in build.text("gallery/torch")
    assert f"{NOTE} cuda." in build.text("gallery/gpu")
    assert "docent-skipped" in build.html("gallery/gpu")
    assert "output of gpu" not in build.text("gallery/gpu")
    assert NOTE not in build.text("gallery/plain")
    text = build.text("gallery/gpu")
    assert text.index("Title of gpu") < text.index(NOTE) < text.index("What gpu is about.")
    assert "1 to execute, 2 to skip" in build.output


def test_what_is_not_selected_is_not_skipped(site: Site) -> None:
    site.tutorial("lacks", comments='# sphinx_gallery_requires = ["no_such_package"]')
    for build in (site.build("-D", "docent_execute=none"), site.precheck()):
        assert build.code == 0, build.output
        assert build.actions == {"lacks": "render"}
        assert build.report["totals"]["skip"] == 0
    assert NOTE not in site.build("-D", "docent_execute=none").text("gallery/lacks")


def test_the_note_comes_and_goes_with_the_requirement(site: Site) -> None:
    site.configure('import os\ndocent_requirements = {"board": os.environ.get("BOARD") == "1"}\n')
    site.tutorial("uses", comments='# sphinx_gallery_requires = ["board"]')
    there, gone = {"BOARD": "1"}, {"BOARD": "0"}

    def state(*options: str, env: dict[str, str]) -> tuple[bool, bool, list[str]]:
        build = site.build(*options, env=env)
        assert build.code == 0, build.output
        page = build.text("gallery/uses")
        return NOTE in page, "output of uses" in page, build.runs

    none = ("-D", "docent_execute=none")
    assert state(*ALL, env=gone) == (True, False, [])
    assert state(*none, env=gone) == (False, False, [])
    assert state(*ALL, env=gone) == (True, False, [])
    assert state(*ALL, env=there) == (False, True, ["uses"])
    # What was executed where the board is may be shown wherever it is not.
    assert state(*ALL, env=gone) == (False, True, [])
    site.append("docs/tutorials/uses.py", "more = True\n")
    assert state(*ALL, env=gone) == (True, False, [])
    assert state(*ALL, env=there) == (False, True, ["uses"])


def test_a_declared_requirement_that_changes_changes_the_note(site: Site) -> None:
    site.tutorial("uses", comments='# sphinx_gallery_requires = ["no_such_a"]')
    assert f"{NOTE} no_such_a." in site.build(*ALL).text("gallery/uses")
    site.tutorial("uses", comments='# sphinx_gallery_requires = ["no_such_b"]')
    assert f"{NOTE} no_such_b." in site.build(*ALL).text("gallery/uses")
    site.tutorial("uses", comments='# sphinx_gallery_requires = ["json"]')
    build = site.build(*ALL)
    assert build.runs == ["uses"]
    assert NOTE not in build.text("gallery/uses")


def test_the_note_is_there_however_the_page_is_read(site: Site) -> None:
    for index in range(6):
        site.tutorial(f"t{index}", comments='# sphinx_gallery_requires = ["no_such_package"]')
        site.write(f"docs/page{index}.rst", ":orphan:\n\nPage\n====\n")
    build = site.build("-j", "2", *ALL)
    assert build.code == 0, build.output
    assert all(NOTE in build.text(f"gallery/t{index}") for index in range(6))
    again = site.build("-j", "2", *ALL)
    assert "0 added, 0 changed, 0 removed" in again.output


def test_the_note_is_the_pages_own_and_not_in_its_notebook(site: Site) -> None:
    site.configure('docent_colab = {"repository": "owner/site"}\n')
    site.tutorial("gpu", comments="# sphinx_gallery_requires_cuda = True")
    build = site.build(*ALL, env={"CUDA_VISIBLE_DEVICES": ""})
    assert NOTE in build.text("gallery/gpu")
    notebook = build.out / "_notebooks/gallery/gpu.ipynb"
    assert "not executed" not in notebook.read_text(encoding="utf-8")
