"""Each kind of build executes what it should, once, and takes no page for what it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.helpers.sites import ALL, Build, Site


def images(build: Build) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (build.out / "_images").iterdir()}


def test_a_pattern_executes_its_tutorial_and_shows_every_other_page(site: Site) -> None:
    for name in ("one", "two", "sub/three"):
        site.tutorial(name)
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    build = site.build("-W", "-D", r"docent_execute=two\.py")
    assert build.code == 0, build.output
    assert build.runs == ["two"]
    assert build.is_executed("two")
    assert build.is_unexecuted("one")
    assert "output of three" not in build.text("gallery/sub/three")
    assert build.tutorial("one")["reason"] == "not selected"
    other = site.build("-D", r"docent_execute=/sub/")
    assert other.runs == ["three"]
    assert other.is_unexecuted("one")
    assert other.is_executed("two")
    assert other.tutorial("two")["reason"] == "not selected; its result is valid"
    assert site.build("-D", r"docent_execute=two\.py").runs == []


def test_modes_do_not_mix(site: Site) -> None:
    for name in ("one", "two"):
        site.tutorial(name)
    first = site.build(*ALL)
    assert first.runs == ["one", "two"]
    assert first.is_executed("one", "two")

    check = site.precheck()
    assert (check.code, check.runs) == (0, [])
    assert set(check.actions.values()) == {"render"}
    assert not list(check.out.glob("**/*.html"))

    again = site.build(*ALL)
    assert again.runs == []
    assert set(again.actions.values()) == {"restore"}
    assert again.is_executed("one", "two")

    bare = site.build("-D", "docent_execute=none")
    assert bare.runs == []
    assert bare.is_unexecuted("one", "two")

    back = site.build(*ALL)
    assert back.runs == []
    assert back.is_executed("one", "two")

    one = site.build("-D", "docent_execute=one")
    assert one.runs == []
    assert one.is_executed("one", "two")


def test_a_full_build_does_not_take_a_prechecks_page_for_an_executed_one(site: Site) -> None:
    site.tutorial("one")
    assert site.precheck().runs == []
    assert site.build("-D", "docent_execute=none").runs == []
    full = site.build(*ALL)
    assert full.runs == ["one"]
    assert full.is_executed("one")


def test_a_second_full_build_reads_and_executes_nothing(site: Site) -> None:
    site.tutorial("one")
    site.build(*ALL)
    again = site.build(*ALL)
    assert again.runs == []
    assert "updating environment: 0 added, 0 changed, 0 removed" in again.output
    site.precheck()
    after = site.build(*ALL)
    assert after.runs == []
    assert "updating environment: 0 added, 0 changed, 0 removed" in after.output


def test_pages_that_a_plain_sphinx_gallery_left_are_made_anew(site: Site) -> None:
    site.tutorial("one")
    site.replace("docs/conf.py", ', "sphinx_docent"]', "]")
    site.build("-D", "plot_gallery=0")
    site.replace("docs/conf.py", '"sphinx_gallery.gen_gallery"]', '"sphinx_docent"]')
    build = site.build(*ALL)
    assert build.runs == ["one"]
    assert build.is_executed("one")


def test_nothing_is_executed_where_sphinx_gallery_is_told_so(site: Site) -> None:
    site.tutorial("one")
    site.configure('docent_execute = "all"\nsphinx_gallery_conf["plot_gallery"] = "False"\n')
    build = site.build()
    assert (build.code, build.runs) == (0, [])
    assert build.is_unexecuted("one")


def test_figures_follow_the_mode(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial(
        "draws",
        "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.title('A line')\nplt.show()",
    )
    full = images(site.build(*ALL))
    assert "sphx_glr_draws_001.png" in full
    bare = images(site.build("-D", "docent_execute=none", out="bare"))
    assert "sphx_glr_draws_001.png" not in bare
    assert full["sphx_glr_draws_thumb.png"] != bare["sphx_glr_draws_thumb.png"]
    site.precheck()
    back = images(site.build(*ALL))
    assert back == full
    same = site.build("-D", "docent_execute=none")
    assert images(same)["sphx_glr_draws_thumb.png"] == bare["sphx_glr_draws_thumb.png"]


@pytest.fixture(scope="module")
def built(make_site: Callable[[], Site]) -> tuple[Site, dict[str, Build]]:
    """All executed, one edited, then a pattern and a precheck."""
    site = make_site()
    for name in ("one", "two", "three"):
        site.tutorial(name)
    builds = {"full": site.build("-D", "docent_execute=all")}
    for name in ("one", "two"):
        site.append(f"docs/tutorials/{name}.py", "\n# Changed.\n")
    builds["pattern"] = site.build("-D", r"docent_execute=one\.py", out="pattern")
    builds["precheck"] = site.precheck()
    builds["again"] = site.build("-D", "docent_execute=all")
    return site, builds


def test_a_pattern_restores_others_whose_results_are_valid(
    built: tuple[Site, dict[str, Build]],
) -> None:
    done = built[1]["pattern"]
    assert done.runs == ["one"]
    assert done.actions == {"one": "execute", "two": "render", "three": "restore"}
    assert "output of three" in done.text("gallery/three")
    assert "output of two" not in done.text("gallery/two")


def test_a_precheck_restores_nothing(built: tuple[Site, dict[str, Build]]) -> None:
    done = built[1]["precheck"]
    assert done.runs == []
    assert set(done.actions.values()) == {"render"}


def test_a_full_build_executes_the_rest(built: tuple[Site, dict[str, Build]]) -> None:
    done = built[1]["again"]
    assert done.runs == ["two"]
    for name in ("one", "two", "three"):
        assert f"output of {name}" in done.text(f"gallery/{name}")
